"""Read one news story closely: the article, the teacher's key, exercises and a map."""
