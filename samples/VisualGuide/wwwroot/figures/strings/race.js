// One pass over the strip against its windows one by one, timed in this browser.
const at = id => document.getElementById(id);
const format = value => value.toLocaleString('en');

export function makeRace(strip) {
    const start = at('string-race'), result = at('string-race-result');
    start.addEventListener('click', () => {
        if (!strip.swept) return;
        start.disabled = true;
        result.textContent = 'Reading …';
        // The page draws first.
        setTimeout(() => {
            const { columns, inOnePass, oneByOne, connectionsInOnePass, connectionsOneByOne, difference } = JSON.parse(strip.library.Race());
            at('string-race-columns').textContent = `${columns} windows, one by one`;
            const slowest = Math.max(inOnePass, oneByOne);
            for (const [name, time, connections] of [['one', inOnePass, connectionsInOnePass], ['each', oneByOne, connectionsOneByOne]]) {
                at(`string-race-${name}`).style.width = `${100 * time / slowest}%`;
                at(`string-race-${name}-time`).textContent = `${time.toFixed(1)} ms`;
                at(`string-race-${name}-time`).dataset.value = time;
                at(`string-race-${name}-count`).textContent = format(connections);
            }
            result.textContent = `The one pass is ${(oneByOne / inOnePass).toFixed(1)} times as fast, with ${(connectionsOneByOne / connectionsInOnePass).toFixed(1)} times fewer connections. `
                + `The largest difference between their ${format(11 * columns)} penalties is ${difference === 0 ? 'exactly 0' : difference.toExponential(1)}.`;
            start.disabled = false;
        }, 50);
    });
}
