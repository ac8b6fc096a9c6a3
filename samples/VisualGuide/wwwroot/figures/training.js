// A fresh network that learns while one looks on, and one step of it in every detail.
import { redraw, whenDigitChanges } from '../digit.js';
import { format, largest, paintInk, paintMaps } from '../paint.js';
import { fillTable, makeChart, percent } from './chart.js';
import { startTraining, whenHidden } from './training-worker.js';

const round = 3000, widestSquashed = 1.7159;
const at = id => document.getElementById(id);
const rateOf = position => Number((10 ** position).toPrecision(2));

export function training(digit) {
    let trainer = null, running = false, until = round, state = null, tests = [], errors = [];
    let speed = 0, pixels = null, kernels = null, reading = null, step = null, stepPixels = null;
    const x = { label: 'digits seen', from: 0, to: round, ticks: [0, 1000, 2000, 3000], write: value => value.toLocaleString('en') };
    const y = { label: 'misread', from: 0, to: 1, ticks: [0, 0.25, 0.5, 0.75, 1], write: share => percent(share, 0) };
    const draw = makeChart(at('live-chart'), { title: 'Errors while the network learns', x, y, height: 280 });
    const buttons = { run: at('live-run'), step: at('live-step'), again: at('step-again'), reset: at('live-reset') };
    const say = text => { at('live-status').textContent = text; };

    const told = {
        progress(message) {
            ({ state, speed, pixels, kernels } = message);
            const lastAt = errors.at(-1)?.[0] ?? 0;
            if (state.recent >= 100 && state.seen >= lastAt + 25) errors.push([state.seen, state.error]);
            redraw(at('live-figure'));
        },
        tested({ seen, errors: wrong, count }) {
            tests.push([seen, wrong / count]);
            say(`After ${seen.toLocaleString('en')} ${seen === 1 ? 'digit' : 'digits'} it misreads ${wrong} of the ${count} test digits.`);
            trainer.read(digit.pixels);
            redraw(at('live-figure'));
        },
        step(message) {
            step = message.step;
            stepPixels = message.pixels;
            say(`One step, on a ${step.label}: the loss went from ${step.loss.toFixed(2)} to ${step.lossAfter.toFixed(2)}.`);
            trainer.read(digit.pixels);
            redraw(at('step-figure'));
        },
        reading({ answer }) {
            reading = answer;
            showFacts();
        },
        done() {
            until += round;
            setRunning(false);
            say(`All ${round.toLocaleString('en')} digits have come ${until === 2 * round ? 'once' : `${until / round - 1} times`}. Another round may follow.`);
        },
        failed({ message }) {
            setRunning(false);
            say(`The training could not go on: ${message}.`);
        },
    };

    function setRunning(now) {
        running = now;
        buttons.run.textContent = now ? 'Pause' : 'Start';
    }

    function begin() {
        tests = [];
        errors = [];
        state = step = reading = null;
        until = round;
        const seed = Math.max(0, Math.min(99999, Math.trunc(Number(at('live-seed').value)) || 0));
        at('live-seed').value = seed;
        trainer.begin({ variant: 'original', seed, order: seed, rate: rateOf(Number(at('live-rate').value)) });
        redraw(at('step-figure'));
    }

    /** The worker with a runtime of its own costs memory: nobody pays who only reads. */
    function ensureTrainer() {
        if (trainer) return;
        say('Starting the library in a worker…');
        trainer = startTraining(told);
        begin();
    }

    function pause() {
        if (!running) return;
        trainer.pause();
        setRunning(false);
        say('Paused.');
    }

    function takeStep() {
        ensureTrainer();
        if (running) pause();
        trainer.step();
    }

    buttons.run.addEventListener('click', () => {
        if (running) return pause();
        ensureTrainer();
        setRunning(true);
        if (state) say('Learning…');
        trainer.run(until);
    });
    buttons.step.addEventListener('click', takeStep);
    buttons.again.addEventListener('click', takeStep);
    buttons.reset.addEventListener('click', reset);
    at('live-seed').addEventListener('change', reset);
    at('live-rate').addEventListener('input', showRate);
    whenHidden(pause);
    showRate();

    function reset() {
        if (!trainer) return;
        pause();
        begin();
        say('A fresh network.');
    }

    function showRate() {
        const rate = rateOf(Number(at('live-rate').value)), text = String(rate);
        at('live-rate-value').textContent = text;
        at('live-rate').setAttribute('aria-valuetext', text);
        trainer?.setRate(rate);
    }

    function showFacts() {
        const test = tests.at(-1), seen = state?.seen ?? 0;
        showNumber('live-seen', seen, seen.toLocaleString('en'));
        showNumber('live-speed', speed, speed ? speed.toFixed(0) : '–');
        showNumber('live-loss', state?.loss, state?.recent ? state.loss.toFixed(2) : '–');
        showNumber('live-training-error', state?.error, state?.recent ? percent(state.error) : '–');
        showNumber('live-test-error', test?.[1], test ? percent(test[1]) : '–');
        showNumber('live-reading', reading, reading === null ? '–' : `a ${reading}`);
    }

    let readPixels = null;
    whenDigitChanges(at('live-figure'), () => {
        if (trainer && state && digit.pixels !== readPixels) trainer.read(readPixels = digit.pixels);
        showFacts();
        if (state?.seen) {
            paintInk(at('live-digit'), pixels, 28, 28);
            at('live-digit').setAttribute('aria-label', `The digit that it looks at, a ${state.label}`);
            at('live-answer').textContent = state.label === state.answer ? `a ${state.label}, read as ${state.answer}` : `a ${state.label}, but read as ${state.answer}`;
            at('live-answer').classList.toggle('misread', state.label !== state.answer);
        } else {
            paintInk(at('live-digit'), new Uint8Array(784), 28, 28);
            at('live-answer').textContent = 'none yet';
        }
        const max = kernels ? Math.max(0.25, largest(kernels)) : 0.25;
        paintMaps(at('live-kernels'), kernels ?? new Float64Array(150), { maps: 6, height: 5, width: 5, columns: 3, max });
        at('live-kernels-max').textContent = kernels ? `full colour: ±${max.toFixed(2)}` : '';
        x.to = Math.max(round, Math.ceil((state?.seen ?? 0) / round) * round);
        x.ticks = [0, 1, 2, 3].map(part => part * x.to / 3);
        draw([
            { name: '300 test digits, every 250 steps', kind: 'of-test', points: tests },
            { name: 'the last 200 training digits', kind: 'of-training', points: errors },
        ], tests.length === 0 ? 'Nothing yet.' : `After ${tests.at(-1)[0]} digits ${percent(tests.at(-1)[1])} of the test digits are misread.`);
        fillTable(at('live-table'), ['digits seen', 'test error'], tests.map(([seen, error]) => [seen.toLocaleString('en'), percent(error)]));
    });

    whenDigitChanges(at('step-figure'), () => {
        at('step-parts').hidden = !step;
        if (step) showStep(digit, step, stepPixels);
    });
}

function showNumber(id, value, text) {
    const element = at(id);
    element.textContent = text;
    element.dataset.value = value ?? '';
}

function showStep(digit, step, pixels) {
    const answer = step.before.indexOf(Math.min(...step.before));
    paintInk(at('step-digit'), pixels, 28, 28);
    at('step-digit').setAttribute('aria-label', `The digit of the step, a ${step.label}`);
    at('step-label').textContent = answer === step.label ? `A ${step.label}, and read as such.` : `A ${step.label}, read as ${answer}.`;
    showNumber('step-pull', step.pull, format(step.pull, 2));
    showNumber('step-push', step.push, format(step.push, 2));
    showNumber('step-loss', step.loss, format(step.loss, 2));
    showNumber('step-after', step.lossAfter, format(step.lossAfter, 2));
    showClasses(step);
    showCodes(digit, step);
    fillTable(at('step-layers'), ['layer', 'parameters', 'their length', 'of the gradient', 'of the step', 'step / parameters'], step.layers.map(({ name, parameters, weights, gradient, step: moved }) =>
        [name, parameters.toLocaleString('en'), weights.toFixed(2), gradient.toPrecision(3), moved.toPrecision(3), `${Number((100 * moved / weights).toPrecision(2))} %`]));
}

function showClasses(step) {
    const most = largest([...step.before, ...step.after]), body = at('step-classes').tBodies[0];
    body.replaceChildren(...step.before.map((before, i) => {
        const row = document.createElement('tr'), after = step.after[i], slope = step.slopes[i];
        row.classList.toggle('of-label', i === step.label);
        row.innerHTML = `<th scope="row">${i}</th><td data-test="step-before"></td><td class="distance-bars" aria-hidden="true"><div class="distance-bar"></div><div class="distance-bar"></div></td><td data-test="step-slope"></td><td data-test="step-distance"></td>`;
        const [, was, bars, pushed, is] = row.children;
        for (const [cell, value, text] of [[was, before, before.toFixed(2)], [pushed, slope, Math.abs(slope) < 0.0005 ? '0' : format(slope)], [is, after, after.toFixed(2)]]) {
            cell.textContent = text;
            cell.dataset.value = value;
            cell.dataset.class = i;
        }
        bars.firstChild.style.width = `${100 * before / most}%`;
        bars.lastChild.style.width = `${100 * after / most}%`;
        return row;
    }));
}

function showCodes(digit, step) {
    const length = 84, shape = { height: 12, width: 7 };
    const code = digit.parameters(digit.index('Output')).slice(step.label * length, (step.label + 1) * length);
    paintMaps(at('step-code-before'), step.beforeCode, { ...shape, max: widestSquashed });
    const wanted = step.codeSlopes.map(slope => -slope);
    paintMaps(at('step-code-slopes'), wanted, { ...shape, max: largest(wanted) });
    paintMaps(at('step-code-after'), step.afterCode, { ...shape, max: widestSquashed });
    paintMaps(at('step-code'), code, { ...shape, max: widestSquashed });
}
