// The page's end of a training: starts trainer.js, gives orders, and is told what comes of them.
/** Starts a training in a worker. told: functions by the name of what is told (progress, step, tested, reading, done, failed). */
export function startTraining(told) {
    const worker = new Worker(new URL('../trainer.js', import.meta.url), { type: 'module' });
    let turn = 0;
    worker.addEventListener('message', ({ data }) => { if (data.turn === turn || data.is === 'failed') told[data.is]?.(data); });
    worker.addEventListener('error', event => told.failed?.({ message: event.message || 'the worker did not start' }));
    const give = (task, values) => worker.postMessage({ task, ...values });
    return {
        /** Makes a fresh network: variant, seed of its weights, order (seed) of the digits, learning rate. */
        begin: values => give('begin', { ...values, turn: ++turn }),
        /** Trains until so many digits are seen, and tests every 250. */
        run: until => give('run', { until }),
        pause: () => give('pause'),
        /** Learns from one digit, and tells every part of it. */
        step: () => give('step'),
        setRate: rate => give('rate', { rate }),
        read: pixels => give('read', { pixels }),
        end: () => worker.terminate(),
    };
}

/** Calls pause when nobody looks at the page any more. */
export function whenHidden(pause) {
    document.addEventListener('visibilitychange', () => { if (document.hidden) pause(); });
    addEventListener('pagehide', pause);
}
