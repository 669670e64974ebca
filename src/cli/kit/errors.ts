/** Every failure that the command line itself gives: code to the sentence that explains it. */
export const cliErrors = {
  'cli/usage': 'The command cannot be read: see details.cause; --help shows how it is written.',
  'cli/bad-amount':
    'This is not an amount: write "100 LUX", "0.5lux", or a whole number of nLUX such as ' +
    '500000000.',
  'cli/bad-address':
    'This is no address: write A-…1…, 40 hex digits, or the name of a key in the keystore.',
  'cli/bad-hash': 'This is not an id: write the hex digits of details.bytes bytes.',
  'cli/bad-number': 'This is not a whole number of details.range.',
  'cli/bad-actor':
    'This is no actor: write kind:key with the key in hex, such as model:12ab…, or a singleton ' +
    'such as treasury:.',
  'cli/bad-option': 'The option details.option does not take this: write details.expected.',
  'cli/option-missing': 'An option is missing: add details.option.',
  'cli/options-clash': 'These options exclude each other: use one of details.options.',
  'cli/file-unreadable': 'The file cannot be read: see details.file and details.cause.',
  'cli/file-unwritable': 'The file cannot be written: see details.file and details.cause.',
  'cli/file-too-large': 'The file is larger than details.limit bytes.',
  'cli/file-exists': 'The file exists and is not overwritten: name another, or move it away.',
  'cli/file-not-json': 'The file is not JSON (RFC 8259): see details.file.',
  'cli/file-changed': 'The file changed while it was read: run the command again.',
  'cli/data-exists':
    'The data directory holds another chain already: choose another with --data, or remove it.',
  'cli/data-missing':
    'There is no chain in the data directory: run aivm init first, or name one with --data.',
  'cli/key-missing': 'No key signs this: name one of the keystore with --from.',
  'cli/key-file-wide':
    'Others may read this file, and it holds what only you should know: see details.todo.',
  'cli/development-key':
    'Everybody knows the private key of a development key: it signs for the local network only.',
  'cli/passphrase-missing':
    'The passphrase is needed: run this on a terminal, or give --passphrase-file or ' +
    'AIVM_PASSPHRASE.',
  'cli/passphrase-short':
    'A passphrase has at least details.least characters: choose a longer one.',
  'cli/passphrase-differs': 'The passphrase was not the same twice: begin again.',
  'cli/not-confirmed': 'Nothing was done: confirm on a terminal, or say --yes.',
  'cli/not-found': 'There is no such thing on this chain: see details.what.',
  'cli/not-a-seat': 'No seat of the present panel is yours: see details.seats.',
  'cli/wrong-state':
    'The state does not allow this now: it is details.state, not details.expected.',
  'cli/round-unknown':
    'The beacon round details.round is not on the chain: submit it, or wait for it.',
  'cli/output-of-other':
    'The output is not that of a party of this challenge: use the file that was attested or that ' +
    'the commit wrote.',
  'cli/bad-output':
    'The output does not fit the comparator of the profile: see details.expected; docs/cli.md ' +
    'says how outputs and evidence are written.',
  'cli/already-open':
    'The challenge exists already: if somebody was faster and you announced it, take it over.',
  'cli/not-drawn':
    'The beacon has not drawn this attestation for an audit: details.tickets says what each ' +
    'round decided. Anyone may still challenge it with aivm challenge audit, for a bond.',
  'cli/no-ticket':
    'Nobody has paid for this attestation, so there is nothing that the beacon could draw.',
  'cli/check-failed': 'The check did not hold: see the lines marked as failed.',
  'cli/diverged': 'The replay differs from what is stored: see details.',
  'cli/range': 'The range is empty or backwards: --from is at most --to, within the chain.',
  'cli/state-moved':
    'Transactions changed the state while it was read: try again, or stop the node and use ' +
    '--local.',
  'cli/interrupted': 'Interrupted.',
  'cli/defect':
    'The program met a condition that it excludes. Report it with the command and details.cause.',
} as const;

export type CliErrorCode = keyof typeof cliErrors;
