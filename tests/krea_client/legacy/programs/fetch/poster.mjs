// Makes one poster with fetch.
const base = process.env.KREA_HOST ?? "https://api.krea.ai";

async function submit(model, { prompt, wide, reference }) {
  const payload = { prompt, resolution: "1K", aspectRatio: wide ? "16:9" : "1:1" };
  if (reference) payload.imageUrl = reference;
  const answer = await fetch(`${base}/generate/${model}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${process.env.KREA_TOKEN}` },
    body: JSON.stringify(payload),
  });
  if (!answer.ok) throw new Error(`refused: ${await answer.text()}`);
  return (await answer.json()).job_id;
}

const jobs = [
  await submit("image/z-image/z-image", { prompt: "A fox", wide: true }),
  await submit("image/z-image/z-image", { prompt: "A fox", reference: "https://example.com/fox.png" }),
];
console.log(`${jobs.length} jobs`);
