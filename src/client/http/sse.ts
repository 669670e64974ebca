/** One message of an event stream (WHATWG HTML §9.2.6). */
export interface StreamMessage {
  readonly event: string;
  readonly data: string;
  readonly id: string;
}

/** The longest line that is read: the events of the fullest block are far shorter. */
export const MAX_LINE_CHARACTERS = 33_554_432;

/** The lines of a text that comes in pieces, each looked at once. */
async function* readLines(body: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  let begun: string[] = [];
  let length = 0;
  for await (const chunk of body) {
    const [first = '', ...others] = decoder.decode(chunk, { stream: true }).split('\n');
    begun.push(first);
    length += first.length;
    if (length > MAX_LINE_CHARACTERS) throw new RangeError('the line does not end');
    for (const next of others) {
      const line = begun.join('');
      yield line.endsWith('\r') ? line.slice(0, -1) : line;
      begun = [next];
      length = next.length;
    }
  }
}

/**
 * Reads `text/event-stream`: lines ended by LF or CR LF, messages by an empty line, comments passed
 * over. Ends with the stream; throws a RangeError for a line that does not end.
 */
export async function* readMessages(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<StreamMessage, void> {
  let event = 'message';
  let id = '';
  let data: string[] = [];
  for await (const line of readLines(body)) {
    if (line === '') {
      if (data.length > 0) yield { event, data: data.join('\n'), id };
      event = 'message';
      data = [];
      continue;
    }
    const [name = '', value = ''] = splitField(line);
    if (name === 'event') event = value;
    if (name === 'id') id = value;
    if (name === 'data') data.push(value);
  }
}

/** `name: value`; a line that begins with a colon is a comment and gives an empty name. */
const splitField = (line: string): readonly string[] => {
  const colon = line.indexOf(':');
  if (colon < 0) return [line, ''];
  const value = line.slice(colon + 1);
  return [line.slice(0, colon), value.startsWith(' ') ? value.slice(1) : value];
};
