// A sheet to write on: mouse, touch, pen, or keys.

/** Makes a pad of a canvas. changed(imageData) is called while one draws, at most once a frame, with the sheet made smaller: a fifth is large enough for a digit, and quickly normalized. */
export function makePad(canvas, changed, { width = 280, height = 280, penWidth = 22, readShare = 0.2 } = {}) {
    let strokes = [], current = null, pointer = null, picture = null, frame = 0, cursor = null, isEdited = false;
    const readWidth = Math.round(width * readShare), readHeight = Math.round(height * readShare);
    Object.assign(canvas, { width, height });
    const context = canvas.getContext('2d');
    const small = Object.assign(document.createElement('canvas'), { width: readWidth, height: readHeight }).getContext('2d', { willReadFrequently: true });

    function draw() {
        frame = 0;
        context.fillStyle = '#fff';
        context.fillRect(0, 0, width, height);
        if (picture) context.drawImage(picture, 0, 0, width, height);
        Object.assign(context, { strokeStyle: '#111', fillStyle: '#111', lineWidth: penWidth, lineCap: 'round', lineJoin: 'round' });
        for (const stroke of strokes) {
            context.beginPath();
            context.moveTo(...stroke[0]);
            // Through the middles of the points, so that fast strokes are round, too.
            for (let i = 1; i < stroke.length; i++) {
                const [x, y] = stroke[i - 1], [toX, toY] = stroke[i];
                context.quadraticCurveTo(x, y, (x + toX) / 2, (y + toY) / 2);
            }
            context.lineTo(...stroke.at(-1));
            if (stroke.length === 1) context.lineTo(stroke[0][0] + 0.1, stroke[0][1]);
            context.stroke();
        }
        if (isEdited) {
            isEdited = false;
            small.imageSmoothingQuality = 'high';
            small.drawImage(canvas, 0, 0, readWidth, readHeight);
            changed(small.getImageData(0, 0, readWidth, readHeight));
        }
        if (cursor && document.activeElement === canvas) {
            context.beginPath();
            context.arc(cursor.x, cursor.y, penWidth / 2, 0, 7);
            Object.assign(context, { lineWidth: 2, strokeStyle: cursor.down ? '#b03a16' : '#165799' });
            context.stroke();
        }
    }

    const schedule = () => { frame ||= requestAnimationFrame(draw); };
    const edited = () => {
        isEdited = true;
        schedule();
    };
    const place = event => {
        const box = canvas.getBoundingClientRect();
        return [(event.clientX - box.left) / box.width * width, (event.clientY - box.top) / box.height * height];
    };

    canvas.addEventListener('pointerdown', event => {
        // One pointer writes: a second finger, or the palm, leaves no ink.
        if (event.button || current) return;
        canvas.setPointerCapture(pointer = event.pointerId);
        cursor = null;
        if (picture) { picture = null; strokes = []; }
        strokes.push(current = [place(event)]);
        edited();
    });
    canvas.addEventListener('pointermove', event => {
        if (!current || event.pointerId !== pointer) return;
        const steps = event.getCoalescedEvents?.() ?? [];
        for (const step of steps.length ? steps : [event]) current.push(place(step));
        edited();
    });
    for (const end of ['pointerup', 'pointercancel']) canvas.addEventListener(end, event => { if (event.pointerId === pointer) current = null; });

    canvas.addEventListener('keydown', event => {
        const step = event.shiftKey ? 4 : 14;
        const [dx, dy] = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key] ?? [0, 0];
        if ((event.ctrlKey || event.metaKey) && event.key === 'z') pad.undo();
        else if (event.key === 'Backspace') pad.undo();
        else if (event.key === 'Delete') pad.clear();
        else if (dx || dy || event.key === ' ') {
            cursor ??= { x: height / 2, y: height / 4, down: false };
            if (event.key === ' ') {
                cursor.down = !cursor.down;
                if (cursor.down) {
                    if (picture) { picture = null; strokes = []; }
                    strokes.push([[cursor.x, cursor.y]]);
                    edited();
                }
            } else {
                cursor.x = Math.max(0, Math.min(width, cursor.x + dx));
                cursor.y = Math.max(0, Math.min(height, cursor.y + dy));
                if (cursor.down) {
                    strokes.at(-1).push([cursor.x, cursor.y]);
                    edited();
                }
            }
            schedule();
        } else return;
        event.preventDefault();
    });
    canvas.addEventListener('focus', schedule);
    canvas.addEventListener('blur', schedule);

    const pad = {
        undo() {
            if (picture) picture = null; else strokes.pop();
            cursor = null;
            edited();
        },
        clear() {
            strokes = [];
            picture = cursor = null;
            edited();
        },
        /** Shows a picture without reading it again: the digit that is on the page now. */
        show(image) {
            strokes = [];
            cursor = null;
            isEdited = false;
            picture = image;
            context.fillStyle = '#fff';
            context.fillRect(0, 0, width, height);
            context.imageSmoothingEnabled = false;
            context.drawImage(picture, 0, 0, width, height);
        },
    };
    return pad;
}
