// What each method says, and how often each is right when all pairs of digits are read.
import { compose } from './compose.js';
import { percent } from './strip.js';

const at = id => document.getElementById(id);
const methods = ['sdnn', 'hos', 'both'];

export function makeMethods(strip, samples) {
    strip.whenChanges(at('string-methods'), () => [strip.swept.reading, strip.cut?.reading, strip.together].forEach((reading, i) => {
        at(`string-${methods[i]}-text`).textContent = reading?.text || '–';
        const sure = at(`string-${methods[i]}-sure`);
        sure.textContent = reading?.text ? percent(reading.confidence) : '';
        sure.dataset.value = reading?.confidence ?? 0;
    }));

    const button = at('string-pairs');
    let run = 0;
    button.addEventListener('click', async () => {
        const own = ++run;
        if (button.textContent === 'Stop') {
            button.textContent = 'Read all 100 pairs';
            return;
        }
        button.textContent = 'Stop';
        const gap = +at('string-gap').value, right = [0, 0, 0];
        for (let pair = 0; pair < 100 && own === run; pair++) {
            const digits = [Math.floor(pair / 10), pair % 10];
            // The other writer's, if it is the same digit.
            const { image } = compose([samples[2 * digits[0]], samples[2 * digits[1] + (digits[0] === digits[1])]], gap);
            const texts = strip.library.ReadAll(new Uint8Array(image.data.buffer), image.width, image.height);
            texts.forEach((text, i) => { right[i] += text === digits.join(''); });
            methods.forEach((method, i) => { at(`string-${method}-right`).textContent = `${right[i]} of ${pair + 1}`; });
            at('string-pairs-words').textContent = `Pairs of this page's digits, ${gap < 0 ? `overlapping by ${-gap}` : `${gap} ${gap === 1 ? 'column' : 'columns'} apart`}: ${pair + 1} of 100 read.`;
            await new Promise(resolve => setTimeout(resolve));
        }
        if (own === run) button.textContent = 'Read all 100 pairs';
    });
}
