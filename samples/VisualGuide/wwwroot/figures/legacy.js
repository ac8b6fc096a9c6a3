// LeNet-5 against LeNet-5 with a part exchanged for what came later: both learn from the same digits in the same order.
import { redraw, whenDigitChanges } from '../digit.js';
import { fillTable, makeChart, percent } from './chart.js';
import { startTraining, whenHidden } from './training-worker.js';

const last = 3000, between = 250, seedOfWeights = 1998;
/** Each learns at a rate that did well on 2,000 training digits that are not among those of the page. */
const names = { original: 'LeNet-5', pooling: 'max pooling', relu: 'ReLU', softmax: 'softmax', complete: 'complete C3', all: 'all four' };
const rates = { original: 0.001, pooling: 0.002, relu: 0.001, softmax: 0.005, complete: 0.001, all: 0.007 };
const at = id => document.getElementById(id);

export function legacy() {
    let lanes = [], running = false, target = 0;
    const figure = at('race-figure'), button = at('race-run');
    const chosen = () => document.querySelector('input[name="race"]:checked').value;
    const say = text => { at('race-status').textContent = text; };
    const draw = makeChart(at('race-chart'), {
        title: 'Test errors of two networks that learn side by side',
        x: { label: 'digits seen', from: 0, to: last, ticks: [0, 1000, 2000, 3000], write: value => value.toLocaleString('en') },
        y: { label: 'test digits misread', from: 0, to: 1, ticks: [0, 0.25, 0.5, 0.75, 1], write: share => percent(share, 0) },
    });

    function makeLane(kind) {
        const lane = { kind, variant: 'original', tests: [], seen: 0 };
        lane.training = startTraining({
            progress({ state }) {
                lane.seen = state.seen;
                redraw(figure);
            },
            tested({ seen, errors, count }) {
                lane.tests.push([seen, errors / count]);
                redraw(figure);
                if (lanes.every(({ tests }) => tests.at(-1)?.[0] === target)) next();
            },
            failed({ message }) {
                pause();
                say(`The training could not go on: ${message}.`);
            },
        });
        return lane;
    }

    function begin() {
        const order = Math.max(0, Math.min(99999, Math.trunc(Number(at('race-order').value)) || 0));
        at('race-order').value = order;
        if (lanes.length === 0) lanes = [makeLane('of-original'), makeLane('of-variant')];
        lanes[1].variant = chosen();
        target = 0;
        for (const lane of lanes) {
            lane.tests = [];
            lane.seen = 0;
            lane.training.begin({ variant: lane.variant, seed: seedOfWeights, order, rate: rates[lane.variant] });
        }
        redraw(figure);
    }

    /** Neither runs ahead: both are tested before either sees more. */
    function next() {
        if (target === last) {
            setRunning(false);
            say(`${describe()} That is the end; with digits in another order it comes out a little otherwise.`);
            return;
        }
        if (target > 0) say(describe());
        target += between;
        if (running) for (const lane of lanes) lane.training.run(target);
    }

    /** The latest test that both have taken. */
    function describe() {
        const both = Math.min(...lanes.map(({ tests }) => tests.length)) - 1;
        if (lanes.length === 0 || both < 0) return 'Nothing yet.';
        const errors = lanes.map(({ variant, tests }) => `${names[variant]} misreads ${percent(tests[both][1])}`);
        return `After ${lanes[0].tests[both][0].toLocaleString('en')} digits ${errors.join(', ')} of the test digits.`;
    }

    function setRunning(now) {
        running = now;
        button.textContent = now ? 'Pause' : 'Start';
    }

    function pause() {
        if (!running) return;
        for (const { training } of lanes) training.pause();
        setRunning(false);
        say('Paused.');
    }

    function reset() {
        pause();
        if (lanes.length > 0) begin();
        say('');
    }

    button.addEventListener('click', () => {
        if (running) return pause();
        if (lanes.length === 0 || target === last && lanes.every(({ tests }) => tests.at(-1)?.[0] === last)) begin();
        setRunning(true);
        say('Both learn…');
        for (const { training } of lanes) training.run(target);
    });
    at('race-reset').addEventListener('click', reset);
    at('race-order').addEventListener('change', reset);
    for (const choice of document.querySelectorAll('input[name="race"]')) choice.addEventListener('change', reset);
    for (const link of document.querySelectorAll('a[data-variant]')) {
        link.addEventListener('click', () => {
            document.querySelector(`input[name="race"][value="${link.dataset.variant}"]`).checked = true;
            reset();
        });
    }
    whenHidden(pause);

    whenDigitChanges(figure, () => {
        const [original, variant] = lanes.length > 0 ? lanes : [{ tests: [], seen: 0 }, { tests: [], seen: 0 }];
        draw([
            { name: 'LeNet-5 of 1998', kind: 'of-original', points: original.tests },
            { name: names[chosen()], kind: 'of-variant', points: variant.tests },
        ], describe());
        at('race-seen').textContent = original.seen.toLocaleString('en');
        fillTable(at('race-table'), ['digits seen', 'LeNet-5 of 1998', names[chosen()]], original.tests.map(([seen, error], i) =>
            [seen.toLocaleString('en'), percent(error), variant.tests[i] ? percent(variant.tests[i][1]) : '–']));
    });
}
