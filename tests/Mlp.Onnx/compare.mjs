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
    if (typeof expected !== "number" || Number.isInteger(expected) && typeof actual === "bigint")
        return String(actual) === String(expected) ? 0 : Infinity;
    if (Number.isNaN(actual) || Number.isNaN(expected))
        return Infinity;
    return Math.abs(actual - expected) / Math.max(1, Math.abs(expected));
}

for (const one of cases) {
    const name = `${one.file}: ${one.task}, ${one.variant}, ${one.activation}`;
    const session = await ort.InferenceSession.create(join(folder, one.file), { logSeverityLevel: 3 });
    const features = new ort.Tensor("float32", Float32Array.from(one.features), [one.rows, one.inputs]);
    const results = await session.run({ Features: features });
    const wanted = Object.keys(one.outputs).sort().join(), found = session.outputNames.slice().sort().join();
    if (found !== wanted)
        failures.push(`${name}: has the outputs ${found}, not ${wanted}`);
    let largest = 0, count = 0;
    for (const [output, expected] of Object.entries(one.outputs)) {
        const tensor = results[output];
        // A runtime gives flags as bytes.
        const actual = tensor?.type === "bool" ? Array.from(tensor.data, Boolean) : Array.from(tensor?.data ?? []);
        if (actual.length !== expected.length || tensor.dims.length !== 2 || tensor.dims[0] !== one.rows) {
            failures.push(`${name}: ${output} is [${tensor?.dims}] for ${one.rows} rows and ${expected.length} values`);
            continue;
        }
        expected.forEach((value, index) => {
            const error = difference(actual[index], value);
            if (!(error <= tolerance))
                failures.push(`${name}: ${output}[${index}] is ${actual[index]}, and Mlp.MLNet says ${value}`);
            largest = Math.max(largest, error);
        });
        count += expected.length;
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
