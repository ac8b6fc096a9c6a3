// Executes exported networks in ONNX Runtime and compares their outputs with those of the library.
//   node tests/interop/onnx.mjs FOLDER
// FOLDER holds NAME.onnx, passes.jsonl of outputs.cs, and node_modules with onnxruntime-node.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const tolerance = 1e-4;
const folder = resolve(process.argv[2]);
const ort = createRequire(join(folder, 'package.json'))('onnxruntime-node');
const passes = readFileSync(join(folder, 'passes.jsonl'), 'utf8').trim().split('\n').map(line => JSON.parse(line));

for (const model of new Set(passes.map(pass => pass.model))) {
    const path = join(folder, `${model}.onnx`);
    const own = passes.filter(pass => pass.model === model);
    let largest = 0;
    let outputs = 0;
    for (const { input, inputShape, output: expected, outputShape } of own) {
        const output = await run(path, decode(input), inputShape);
        assert.deepEqual([...output.dims], outputShape, `${model}: the shape of the output for an input of ${inputShape}`);
        largest = Math.max(largest, largestDifference(output.data, decode(expected)));
        outputs += output.data.length;
    }
    const widths = [...new Set(own.map(pass => pass.inputShape[3]))].sort((a, b) => a - b);
    console.log(`${model}.onnx: ${outputs} outputs of inputs ${widths.join(', ')} wide differ by ${largest.toExponential(1)} at most`);
    assert.ok(largest <= tolerance, `${model}: outputs differ by more than ${tolerance}`);

    const whole = readFileSync(path);
    for (const length of [whole.length >> 1, whole.length - 1])
        await assert.rejects(ort.InferenceSession.create(whole.subarray(0, length)), undefined, `${model}: the first ${length} bytes are taken for a whole file`);
}

async function run(path, values, shape) {
    const session = await ort.InferenceSession.create(path);
    const input = new ort.Tensor('float32', values, shape);
    const { output } = await session.run({ input });
    return output;
}

// Relative to the value itself: the outputs are squared distances.
function largestDifference(actual, expected) {
    assert.equal(actual.length, expected.length);
    return expected.reduce((largest, value, i) => {
        assert.ok(Number.isFinite(actual[i]));
        return Math.max(largest, Math.abs(actual[i] - value) / value);
    }, 0);
}

function decode(text) {
    const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
    return new Float32Array(bytes.buffer);
}
