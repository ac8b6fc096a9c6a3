// Long work, a little at a time.

/** Runs a generator to its end, some milliseconds a frame, so that the page stays quick. Ends early, with false, as soon as stopped() says so. */
export async function inSlices(steps, stopped = () => false, milliseconds = 9) {
    for (;;) {
        await new Promise(requestAnimationFrame);
        for (const end = performance.now() + milliseconds; performance.now() < end;) {
            if (stopped()) return false;
            if (steps.next().done) return true;
        }
    }
}
