// The line under a layer's heading: its shape, and the paper's counts.
import { setNumber } from './parts.js';

export function counts(digit) {
    const connections = digit.library.Layers.Connections(), text = number => number.toLocaleString('en');
    for (const element of document.querySelectorAll('[data-counts]')) {
        const index = digit.index(element.dataset.counts), { maps, height, width, parameters } = digit.layers[index];
        const shape = height * width > 1 ? `${maps} maps of ${height} × ${width}` : `${maps} units`;
        element.textContent = `${shape} · ${text(parameters)} trainable parameters · ${text(connections[index - 1])} connections`;
        setNumber(element, connections[index - 1], { parameters });
    }
}
