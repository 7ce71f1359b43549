import * as ort from "./node_modules/onnxruntime-web/dist/ort.wasm.bundle.min.mjs";

const size = 512; // of the faces that the network was trained on
const threshold = 0.4; // its own
const status = document.querySelector("output");
const context = document.querySelector("canvas").getContext("2d", { willReadFrequently: true });
ort.env.wasm.wasmPaths = new URL("./node_modules/onnxruntime-web/dist/", import.meta.url).href;
ort.env.wasm.numThreads = 1; // more need a page that is isolated from other origins
const session = await ort.InferenceSession.create("../wrinkle.onnx");

/** RGBA pixels of an aligned face to the probability of a wrinkle at each pixel. */
async function findWrinkles({ data, width, height }) {
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < rgb.length; i++) rgb[i] = data[Math.floor(i / 3) * 4 + (i % 3)];
  const image = new ort.Tensor("uint8", rgb, [1, height, width, 3]);
  const { probabilities } = await session.run({ image });
  return probabilities.data;
}

const input = document.querySelector("input");
input.addEventListener("change", async ({ target }) => {
  context.imageSmoothingQuality = "high";
  context.drawImage(await createImageBitmap(target.files[0]), 0, 0, size, size);
  status.textContent = "Looking...";
  const start = performance.now();
  const face = context.getImageData(0, 0, size, size);
  const map = await findWrinkles(face);
  map.forEach((p, i) => { if (p >= threshold) face.data.set([255, 0, 80], 4 * i); });
  context.putImageData(face, 0, 0);
  const count = map.filter((p) => p >= threshold).length;
  status.textContent = `${count} pixels of wrinkles in ${Math.round(performance.now() - start)} ms`;
});
input.disabled = false;
status.textContent = "Choose an aligned face.";
