// The test digits that the network of 1998 misread, read again.
import { redraw, whenDigitChanges } from '../digit.js';
import { format, paintInk, theme } from '../paint.js';
import { showSample } from '../writing.js';
import { inSlices } from './slices.js';

let loading;

/** Gives the library the test digits; once. */
export const loadTestDigits = library => loading ??= Promise.all(['data/digits.images.gz', 'data/digits.labels.gz'].map(async file =>
    new Uint8Array(await (await fetch(file)).arrayBuffer()))).then(files => library.TestDigits.Load(...files));

export function errors(digit) {
    const figure = document.getElementById('errors-figure'), gallery = document.getElementById('gallery'), filter = document.getElementById('errors-filter');
    let cards, painted = '';
    filter.addEventListener('click', () => {
        const only = filter.getAttribute('aria-pressed') !== 'true';
        filter.setAttribute('aria-pressed', only);
        gallery.classList.toggle('only-wrong', only);
    });

    whenDigitChanges(figure, () => {
        cards ??= load().catch(() => { document.getElementById('errors-progress').textContent = 'The digits could not be loaded.'; });
        if (Array.isArray(cards) && painted !== theme()) {
            painted = theme();
            for (const { canvas, pixels } of cards) paintInk(canvas, pixels, 28, 28);
        }
    });

    async function load() {
        const [of1998] = await Promise.all([fetch('data/errors.json').then(response => response.json()), loadTestDigits(digit.library)]);
        const { TestDigits } = digit.library, first = TestDigits.Errors()[0], made = of1998.map((error, i) => makeCard(error, TestDigits.Pixels(first + i)));
        gallery.replaceChildren(...made.map(card => card.button));
        cards = made;
        redraw(figure);
        await inSlices(read());

        function* read() {
            let wrong = 0, same = 0;
            for (const [i, { label, answer }] of of1998.entries()) {
                const today = JSON.parse(TestDigits.Read(first + i));
                showToday(made[i], label, answer, today);
                if (today.answer !== label) wrong++;
                if (today.answer === answer) same++;
                showCount(i + 1, wrong, same, of1998.length);
                yield;
            }
        }
    }
}

function makeCard({ label, answer }, pixels) {
    const button = Object.assign(document.createElement('button'), { type: 'button' });
    const canvas = button.appendChild(document.createElement('canvas'));
    button.insertAdjacentHTML('beforeend', `<span class="was">${label}, read ${answer}</span> <span class="today">…</span>`);
    button.addEventListener('click', () => showSample(pixels));
    return { button, canvas, pixels };
}

function showToday({ button }, label, answer, today) {
    const right = today.answer === label, percent = format(100 * today.posterior, 0);
    button.classList.add(right ? 'right' : 'wrong');
    const text = button.querySelector('.today');
    text.textContent = `${right ? '✓' : '✗'} ${today.answer} ${percent} %`;
    Object.assign(text.dataset, { test: 'misread-today', value: today.answer, label, answer });
    button.title = `A ${label} that was read as ${answer} in 1998. Today it is read as ${today.answer}, ${right ? 'which is right' : 'which is wrong'}, with a probability of ${percent} %${today.rejected ? ', so that a reader rejects it' : ''}. Put it on the page.`;
}

function showCount(done, wrong, same, all) {
    document.getElementById('errors-progress').textContent = done < all ? `${done} of ${all} read` : `${all - wrong} of ${all} are read right today, ${wrong} wrong.`;
    const count = document.getElementById('errors-count');
    count.textContent = done < all ? '…' : wrong;
    count.dataset.value = wrong;
    document.getElementById('errors-same').textContent = done < all ? '…' : same;
}
