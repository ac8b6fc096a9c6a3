// A training in a worker of its own, so that the page stays quick. figures/training-worker.js is the page's end of it.
// By this name the runtime knows that this worker is no thread of another runtime, but has one to itself.
globalThis.dotnetSidecar = true;

const slice = 50, digitsOfSlice = 30, testCount = 300, digitsBetweenTests = 250;
let training, turn = 0, until = 0, running = false, working = false, speed = 0, nextTest = 0, tested = 0, errors = 0;

const ready = (async () => {
    const [{ start }, images, labels] = await Promise.all([import('./library.js'), load('data/digits.images.gz'), load('data/digits.labels.gz')]);
    training = (await start()).Training;
    training.Load(images, labels);
})();

async function load(name) {
    const response = await fetch(name);
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
}

const tasks = {
    begin({ variant, seed, order, rate, turn: next }) {
        training.Begin(variant, seed, order, rate);
        turn = next;
        running = false;
        speed = nextTest = tested = errors = 0;
        report();
    },
    run(message) {
        until = message.until;
        running = true;
        work();
    },
    pause() { running = false; },
    rate({ rate }) { training.SetRate(rate); },
    step() {
        running = false;
        // What is tested is one state of the network.
        tested = errors = 0;
        tell({ is: 'step', step: JSON.parse(training.Step()), pixels: training.Pixels() });
        report();
    },
    read({ pixels }) { tell({ is: 'reading', answer: training.Read(pixels) }); },
};

addEventListener('message', async ({ data }) => {
    try {
        await ready;
        tasks[data.task](data);
    } catch (error) {
        tell({ is: 'failed', message: error.message });
    }
});

async function work() {
    if (working) return;
    working = true;
    for (;;) {
        const seen = JSON.parse(training.Describe()).seen;
        if (!running) break;
        if (seen >= nextTest) test(seen);
        else if (seen < until) train(seen);
        else {
            running = false;
            tell({ is: 'done' });
            break;
        }
        // Lets messages in.
        await new Promise(resolve => setTimeout(resolve));
    }
    working = false;
}

function train(seen) {
    const start = performance.now();
    training.Run(slice, Math.min(until, nextTest));
    const now = JSON.parse(training.Describe()).seen, latest = 1000 * (now - seen) / (performance.now() - start);
    speed = speed === 0 ? latest : 0.9 * speed + 0.1 * latest;
    report();
}

function test(seen) {
    errors += training.CountErrors(tested, digitsOfSlice);
    tested += digitsOfSlice;
    if (tested < testCount) return;
    tell({ is: 'tested', seen, errors, count: testCount });
    nextTest = (Math.floor(seen / digitsBetweenTests) + 1) * digitsBetweenTests;
    tested = errors = 0;
}

// The page forgets what comes from before the latest beginning.
const tell = message => postMessage({ turn, ...message });

const report = () => tell({ is: 'progress', state: JSON.parse(training.Describe()), speed, pixels: training.Pixels(), kernels: training.Kernels() });
