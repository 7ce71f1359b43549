// The same network in ONNX Runtime (npm package onnxruntime-node), as the peer of a benchmark: one timed pass for every line
// on standard input.
//
//   node onnxruntime_network.mjs MODEL.onnx CHANNELS SIZE THREADS FOLDER_OF_NODE_MODULES [OUT.f32]
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import { createInterface } from "node:readline";

const [model, channels, size, threads, modules, output] = process.argv.slice(2);
const ort = createRequire(`${modules}/`)("onnxruntime-node");
const session = await ort.InferenceSession.create(model, {
  intraOpNumThreads: Number(threads),
  executionProviders: ["cpu"],
  graphOptimizationLevel: "all",
});

// tests/Golden/formula.py, for the name "input".
let hash = 2166136261;
for (const byte of Buffer.from("input", "utf8")) hash = Math.imul(hash ^ byte, 16777619) >>> 0;
const side = Number(size);
const values = new Float32Array(Number(channels) * side * side);
for (let i = 0; i < values.length; i++) {
  let x = (hash + Math.imul(i, 2654435761)) >>> 0;
  x = (x ^ (x >>> 16)) >>> 0;
  x = Math.imul(x, 0x045d9f3b) >>> 0;
  x = (x ^ (x >>> 16)) >>> 0;
  values[i] = (2 * x) / 4294967296 - 1;
}
const image = new ort.Tensor("float32", values, [1, Number(channels), side, side]);

const first = await session.run({ image });
if (output) writeFileSync(output, Buffer.from(first.probabilities.data.buffer));
console.log(`ready ONNX Runtime ${ort.env.versions.node ?? ort.env.versions.common}`);
for await (const _ of createInterface({ input: process.stdin })) {
  const start = performance.now();
  await session.run({ image });
  console.log((performance.now() - start).toFixed(1));
}
