// Strings of digits: a pad to write them on, and every stage of their reading.
import { makePad } from '../pad.js';
import { makeAnswer } from './strings/answer.js';
import { makeColumns } from './strings/columns.js';
import { compose, loadSamples } from './strings/compose.js';
import { makeMethods } from './strings/methods.js';
import { makeModel } from './strings/model.js';
import { makeRace } from './strings/race.js';
import { makeSegments } from './strings/segments.js';
import { makeStages } from './strings/stages.js';
import { makeStrip } from './strings/strip.js';

const at = id => document.getElementById(id);
const mostDigits = 10;

export async function strings(digit) {
    const samples = await loadSamples();
    const strip = makeStrip(digit.library.Strip);
    const pad = makePad(at('string-pad'), image => {
        composed = [];
        strip.read(image);
    }, { width: 840, height: 300, penWidth: 20, readShare: 0.4 });
    let composed = [{ label: 4, writer: 0 }, { label: 2, writer: 0 }];

    function showComposed() {
        if (!composed.length) return pad.clear();
        const { canvas, image } = compose(composed.map(({ label, writer }) => samples[2 * label + writer]), +at('string-gap').value);
        pad.show(canvas);
        strip.read(image);
    }

    at('string-undo').addEventListener('click', () => {
        if (!composed.length) return pad.undo();
        composed.pop();
        showComposed();
    });
    at('string-clear').addEventListener('click', () => {
        composed = [];
        pad.clear();
    });
    for (let label = 0; label < 10; label++) {
        const append = Object.assign(document.createElement('button'), { type: 'button', textContent: label });
        append.setAttribute('aria-label', `Append a ${label}`);
        append.addEventListener('click', () => {
            if (composed.length === mostDigits) composed = [];
            // The second of a class is by another writer.
            composed.push({ label, writer: composed.filter(other => other.label === label).length % 2 });
            showComposed();
        });
        at('string-digits').append(append);
    }
    at('string-gap').addEventListener('input', () => {
        at('string-gap-value').textContent = at('string-gap').value.replace('-', '\u2212');
        if (composed.length) showComposed();
    });

    makeAnswer(strip);
    makeStages(strip);
    makeRace(strip);
    const columns = makeColumns(strip);
    makeModel(strip, columns);
    makeSegments(strip);
    makeMethods(strip, samples);
    // The networks are loaded when somebody comes near.
    strip.whenSeen(at('strings'), showComposed);
}
