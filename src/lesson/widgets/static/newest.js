/**
 * Keep one request under way, and of those that come meanwhile only what is newest in them:
 * redraws that nobody waits for any more are dropped, not queued.
 */
function newestOnly(send) {
  let busy = false;
  let waiting = null;
  return {
    wish(request) {
      if (busy) {
        waiting = { ...waiting, ...request, changes: { ...waiting?.changes, ...request.changes } };
      } else {
        busy = true;
        send(request);
      }
    },
    /** Take note of an answer, send what waited for it, and say whether anything did. */
    answered() {
      const next = waiting;
      busy = false;
      waiting = null;
      if (next) this.wish(next);
      return next !== null;
    },
  };
}
