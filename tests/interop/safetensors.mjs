// Reads exported tensors without the library, and compares them with those of the library.
//   node tests/interop/safetensors.mjs FOLDER
// FOLDER holds NAME.safetensors, tensors.jsonl of outputs.cs, and node_modules with @huggingface/hub.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const folder = resolve(process.argv[2]);
const { parseSafetensorsMetadata } = createRequire(join(folder, 'package.json'))('@huggingface/hub');
const layers = readFileSync(join(folder, 'tensors.jsonl'), 'utf8').trim().split('\n').map(line => JSON.parse(line));

for (const model of new Set(layers.map(layer => layer.model))) {
    const path = join(folder, `${model}.safetensors`);
    const file = readFileSync(path);
    const tensors = read(file);
    const { header, parameterCount } = await parseSafetensorsMetadata({
        repo: 'of/nobody', path: `${model}.safetensors`, computeParametersCount: true, fetch: async (_, options) => serve(file, options),
    });
    let count = 0;
    for (const { layer, shapes, values } of layers.filter(layer => layer.model === model)) {
        const expected = Buffer.from(values, 'base64');
        let start = 0;
        for (const [name, shape] of Object.entries(shapes)) {
            const tensor = tensors.get(`${layer}.${name}`);
            assert.deepEqual(tensor.shape, shape);
            assert.deepEqual(header[`${layer}.${name}`].shape, shape);
            assert.ok(expected.subarray(start, start + tensor.bytes.length).equals(tensor.bytes), `${model}: ${layer}.${name}`);
            start += tensor.bytes.length;
        }
        assert.equal(start, expected.length, `${model}: the parameters of ${layer}`);
        count += start / 4;
    }
    const codes = [...tensors.keys()].filter(name => name.endsWith('.codes')).reduce((sum, name) => sum + tensors.get(name).bytes.length / 4, 0);
    assert.equal(parameterCount.F32, count + codes);
    console.log(`${model}.safetensors: ${count} parameters and ${codes} values of codes are those of the library`);
}

// The format: the header's length in 8 bytes; the header, JSON; the data.
function read(file) {
    const start = 8 + Number(file.readBigUInt64LE(0));
    const header = JSON.parse(file.toString('utf8', 8, start));
    const tensors = new Map();
    for (const [name, tensor] of Object.entries(header)) {
        if (name !== '__metadata__') {
            assert.equal(tensor.dtype, 'F32');
            tensors.set(name, { shape: tensor.shape, bytes: file.subarray(start + tensor.data_offsets[0], start + tensor.data_offsets[1]) });
        }
    }
    return tensors;
}

// Answers as a server of files would.
function serve(file, options) {
    const headers = new Headers(options?.headers);
    const [, from, to] = /bytes=(\d+)-(\d+)/.exec(headers.get('range') ?? '') ?? [null, 0, file.length - 1];
    const part = file.subarray(Number(from), Number(to) + 1);
    return new Response(part, {
        status: headers.has('range') ? 206 : 200,
        headers: { 'Content-Range': `bytes ${from}-${Number(from) + part.length - 1}/${file.length}`, 'Content-Length': `${part.length}`, ETag: '"1"' },
    });
}
