// Pointing at one value of painted maps: by mouse, finger or arrow keys.
/** Calls choose({ map, y, x }) when another value is pointed at. The shape is that of paintMaps. Returns a function that marks a value. */
export function inspect(canvas, { maps = 1, height, width, columns = maps, gap = 1 }, choose, label) {
    const frame = document.createElement('div');
    frame.className = 'inspected';
    canvas.replaceWith(frame);
    const mark = document.createElement('div');
    mark.className = 'mark';
    frame.append(canvas, mark);
    canvas.tabIndex = 0;
    canvas.setAttribute('role', 'application');
    canvas.setAttribute('aria-roledescription', 'map of values');
    canvas.setAttribute('aria-label', `${label}. Arrow keys go from value to value.`);
    const rows = Math.ceil(maps / columns), w = columns * (width + gap) - gap, h = rows * (height + gap) - gap;
    let current = { map: 0, y: Math.floor(height / 2), x: Math.floor(width / 2) };

    function show(place) {
        current = place;
        const left = place.map % columns * (width + gap) + place.x, top = Math.floor(place.map / columns) * (height + gap) + place.y;
        Object.assign(mark.style, { left: `${100 * left / w}%`, top: `${100 * top / h}%`, width: `${100 / w}%`, height: `${100 / h}%` });
    }

    function point(event) {
        const box = canvas.getBoundingClientRect();
        const column = Math.floor((event.clientX - box.left) / box.width * w), row = Math.floor((event.clientY - box.top) / box.height * h);
        const x = column % (width + gap), y = row % (height + gap), map = Math.floor(row / (height + gap)) * columns + Math.floor(column / (width + gap));
        if (x < 0 || y < 0 || x >= width || y >= height || map >= maps || column < 0 || row < 0 || column >= w) return;
        if (map !== current.map || x !== current.x || y !== current.y) {
            show({ map, y, x });
            choose(current);
        }
    }

    canvas.addEventListener('pointermove', point);
    canvas.addEventListener('pointerdown', point);
    canvas.addEventListener('keydown', event => {
        const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0];
        if (!dx && !dy) return;
        event.preventDefault();
        let { map, x, y } = current;
        x += dx;
        y += dy;
        // Beyond the edge of a map lies the next one.
        if (x < 0 && map > 0) { map--; x = width - 1; } else if (x >= width && map < maps - 1) { map++; x = 0; }
        if (y < 0 && map >= columns) { map -= columns; y = height - 1; } else if (y >= height && map + columns < maps) { map += columns; y = 0; }
        show({ map, y: Math.max(0, Math.min(height - 1, y)), x: Math.max(0, Math.min(width - 1, x)) });
        choose(current);
    });
    show(current);
    return show;
}
