// Prints the SHA-256 of the embeddings of the sentences given as arguments, for a comparison of
// Node versions.
import { createHash } from 'node:crypto';
import { loadModel, toTensorPreimage } from '../../../demo/model/index.ts';

const model = await loadModel();
const hash = createHash('sha256');
for (const vector of await model.embed(process.argv.slice(2))) {
  hash.update(toTensorPreimage(vector).data);
}
process.stdout.write(hash.digest('hex'));
