// What was read: text, confidence, boxes on the pad, the next best strings; and what is known of the string.
import { make, percent } from './strip.js';

const at = id => document.getElementById(id);
const reasons = {
    Blank: 'There is nothing here.',
    NotADigit: 'There is something, but no digits that I know.',
    Unsure: 'Not accepted: it is likelier wrong than right.',
    NotInGrammar: 'Not accepted: what is there fits no string that is allowed.',
};

export function makeAnswer(strip) {
    strip.whenChanges(at('string-figure'), () => {
        showReading(strip);
        showBoxes(strip);
        showAlternatives(strip);
    });

    const kind = at('string-known'), length = at('string-length');
    const know = () => {
        at('string-length-box').hidden = kind.value !== 'length';
        strip.know(kind.value, Math.max(1, Math.min(12, Math.round(+length.value) || 1)));
    };
    kind.addEventListener('change', know);
    length.addEventListener('input', know);
}

function showReading(strip) {
    const reading = strip.reading, answer = at('string-answer'), words = at('string-words');
    answer.textContent = reading?.text || '–';
    answer.classList.toggle('rejected', reading !== undefined && reading.reason !== 'None');
    const sure = reading?.text ? `with a confidence of ${percent(reading.confidence)}.` : '';
    const accepted = reading?.reason === 'None' ? 'Accepted.' : reasons[reading?.reason ?? strip.swept.rejection] ?? '';
    words.replaceChildren(make('span', '', sure));
    Object.assign(words.firstChild.dataset, { test: 'string-confidence', value: reading?.confidence ?? 0 });
    words.append(` ${accepted} `, make('span', 'hint', strip.together ? 'By both methods.' : reading ? 'By the sweep alone, so far.' : ''));
    if (strip.before && strip.together) words.append(' ', make('span', 'hint', `As any digits it was ${strip.before.text}, ${percent(strip.before.confidence)}.`));
    at('string-pad').setAttribute('aria-description', reading?.text ? `Read as ${[...reading.text].join(' ')}` : 'Nothing is read');
}

/** Each digit's box on the pad, as soon as both methods have spoken. */
function showBoxes(strip) {
    const boxes = at('string-boxes'), list = at('string-found'), { pictureWidth, pictureHeight } = strip.swept;
    boxes.replaceChildren();
    list.replaceChildren();
    for (const { label, confidence, box: [left, top, width, height] } of strip.together?.digits ?? []) {
        const box = boxes.appendChild(make('div', 'string-box'));
        Object.assign(box.style, { left: `${100 * left / pictureWidth}%`, top: `${100 * top / pictureHeight}%`, width: `${100 * width / pictureWidth}%`, height: `${100 * height / pictureHeight}%` });
        box.append(make('span', '', label));
        const item = list.appendChild(make('li'));
        item.append(make('b', '', label), ` ${percent(confidence)}`);
    }
}

function showAlternatives(strip) {
    const list = at('string-alternatives'), alternatives = strip.together?.alternatives ?? [];
    const focused = [...list.querySelectorAll('button')].indexOf(document.activeElement);
    list.replaceChildren();
    alternatives.forEach(({ text, confidence }, i) => {
        const item = list.appendChild(make('li')), choose = item.appendChild(make('button', '', text));
        const isShown = strip.followed ? strip.followed.text === text : i === 0;
        choose.type = 'button';
        choose.setAttribute('aria-pressed', isShown);
        choose.addEventListener('click', () => strip.follow(i === 0 ? null : text));
        const track = item.appendChild(make('span', 'track'));
        track.appendChild(make('span')).style.width = `${100 * confidence}%`;
        item.append(make('span', 'number', percent(confidence)));
    });
    if (focused >= 0) list.querySelectorAll('button')[focused]?.focus();
    at('string-alternatives-box').classList.toggle('waiting', !alternatives.length);
}
