// Lets onnxruntime predict the rows of cases.json with the ONNX files beside it, and compares with what Mlp.MLNet predicted.
// node compare.mjs <folder with cases.json> <folder with node_modules>
// Prints a Markdown table; ends with exit code 1 if a value differs by more than 1e-5 times the larger of 1 and its size.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const [folder, modules] = process.argv.slice(2);
const ort = createRequire(join(resolve(modules), "package.json"))("onnxruntime-node");
const tolerance = 1e-5;
const cases = JSON.parse(readFileSync(join(folder, "cases.json")));
const failures = [];
const groups = new Map();

function difference(actual, expected) {
    // NaN in cases.json.
    if (expected === null)
        return Number.isNaN(actual) ? 0 : Infinity;
    if (typeof expected !== "number" || typeof actual !== "number")
        return String(actual) === String(expected) ? 0 : Infinity;
    return Math.abs(actual - expected) / Math.max(1, Math.abs(expected));
}

function toTensor({ type, width, values }, rows) {
    const data = { float32: () => Float32Array.from(values, value => value ?? NaN), bool: () => Uint8Array.from(values, Number) }[type]?.() ?? values;
    return new ort.Tensor(type, data, [rows, width]);
}

for (const one of cases) {
    const name = `${one.file}: ${one.task}, ${one.variant}, ${one.activation}`;
    const session = await ort.InferenceSession.create(join(folder, one.file), { logSeverityLevel: 3 });
    const results = await session.run(Object.fromEntries(one.inputs.map(input => [input.name, toTensor(input, one.rows)])));
    let largest = 0, count = 0;
    for (const { name: output, type, width, values } of one.outputs) {
        const tensor = results[output];
        if (tensor?.type !== type || String(tensor.dims) !== `${one.rows},${width}` || tensor.data.length !== values.length) {
            failures.push(`${name}: ${output} is ${tensor?.type}[${tensor?.dims}] where Mlp.MLNet has ${type}[${one.rows},${width}]`);
            continue;
        }
        // A runtime gives flags as bytes.
        const actual = type === "bool" ? Array.from(tensor.data, Boolean) : tensor.data;
        values.forEach((value, index) => {
            const error = difference(actual[index], value);
            if (!(error <= tolerance))
                failures.push(`${name}: ${output}[${index}] is ${actual[index]}, and Mlp.MLNet says ${value}`);
            largest = Math.max(largest, error);
        });
        count += values.length;
    }
    const key = `${one.task} | ${one.variant}`;
    const group = groups.get(key) ?? { models: 0, activations: new Set(), values: 0, largest: 0, worst: "" };
    group.models++;
    group.activations.add(one.activation);
    group.values += count;
    if (largest >= group.largest)
        [group.largest, group.worst] = [largest, one.activation];
    groups.set(key, group);
    await session.release();
}

console.log(`onnxruntime ${ort.env.versions.common}, ${cases.length} models. The difference is |a − b| / max(1, |b|).`);
console.log();
console.log("| task | model | activations | models | values | largest difference | at |");
console.log("|---|---|---|---|---|---|---|");
for (const [key, group] of groups) {
    const activations = group.activations.size === 1 ? [...group.activations][0] : group.activations.size;
    console.log(`| ${key} | ${activations} | ${group.models} | ${group.values} | ${group.largest.toExponential(1)} | ${group.worst} |`);
}
console.log();
for (const failure of failures.slice(0, 50))
    console.log(failure);
console.log(`${cases.length} models, ${failures.length} differences beyond ${tolerance}.`);
process.exitCode = failures.length === 0 && cases.length > 0 ? 0 : 1;
