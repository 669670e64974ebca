/** Why a guard refuses: each code with the sentence that docs/errors.md shows. */
export const REFUSAL_REASONS = {
  'value-missing': 'No value came with the message: send the amount along.',
  'not-owner': 'Only the owner may do this: sign with the account named here.',
  'key-not-proven':
    'The proof is not a signature by the key of this address for you as its owner: sign ' +
    'again with that key.',
  'key-known': 'The provider has this key already, or answers for it still: choose a new one.',
  'enclave-key-liable':
    'The key signs no more, and what it has signed may still be shown: it keeps its place until ' +
    'the time named here.',
  'key-rotation-pending':
    'The last rotation has not taken effect: rotate again at the height named here.',
  'key-start-out-of-range':
    'A new key starts neither at once nor far ahead: choose a height in the range named here.',
  'too-many-keys':
    'A provider has only so many keys it answers for: rotate at the height named here, when the ' +
    'oldest is given up.',
  'stake-below-minimum': 'The stake is below the minimum: stake more.',
  'stake-not-free': 'So much stake is not free: what is locked or unbonding cannot be unstaked.',
  'stake-remains': 'Some stake would remain: another rule applies to this amount.',
  'amount-zero': 'The amount is 0: name one above it.',
  'too-many-lots': 'Too many amounts are unbonding at once: withdraw one that has matured first.',
  'challenge-open': 'A challenge against this provider is open: withdraw when it is decided.',
  'nothing-matured': 'Nothing has finished unbonding: wait for the height named here.',
  jailed: 'The provider is in jail: wait for the height named here.',
  'first-no-show': 'One missed seat does not jail yet.',
  'already-served': 'The provider serves this profile already.',
  'too-many-profiles': 'A provider serves only so many profiles: leave one first.',
  'not-served': 'The provider does not serve this profile, or is leaving it: serve it first.',
  'already-leaving':
    'The provider is leaving this profile already: depart at the height named here.',
  'not-leaving': 'The provider has not given notice: leave the profile first.',
  'notice-not-over': 'The notice is not over: depart at the height named here.',
  'exposure-cap':
    'The value of pending attestations would exceed what the free stake covers: stake ' +
    'more or wait until some are final.',
  'model-unknown': 'No such model is registered: register it, or check the weight hash.',
  'profile-unknown': 'No such profile is registered: check its hash.',
  'profile-of-other-model': 'The profile belongs to another model: name the model of the profile.',
  'profile-not-active': 'The profile is retired or unknown: choose an active one.',
  'provider-unknown': 'No such provider is registered: check its address.',
  'provider-not-active':
    'The provider is not active: it needs the minimum stake and no sentence to serve.',
  'report-unexpected':
    'No TEE report is asked for: the profile requires none, or an enclave key has signed. Leave ' +
    'it out.',
  'report-missing':
    'The profile requires a TEE report: bring one, or sign with an enclave key enrolled for it.',
  'report-too-large': 'The report is larger than the limit named here: send the quote alone.',
  'report-refused':
    'The report does not verify: `cause` is the reason (docs/tee.md), `document` where it lies.',
  'report-below-policy':
    'The report is genuine, and not good enough for the policy of the chain or the profile: ' +
    '`cause` says why, `shortfall` what to update.',
  'report-not-bound':
    'The REPORTDATA of the report is not the expected digest with zeros after it: make the ' +
    'report for exactly this message.',
  'measurement-not-accepted':
    'The profile does not accept what runs in this TEE: its creator can append the measurement.',
  'collateral-missing':
    'The trust store lacks a document: send it with upsertCollateral. `slot` names its place.',
  'collateral-expired':
    'A document has expired at the time named here: send a newer one with upsertCollateral.',
  'collateral-refused':
    'The document is not accepted: `cause` is the reason (docs/tee.md), `document` where it lies.',
  'tee-terms-malformed': 'The policy or a measurement is malformed: see the field named here.',
  'tee-policy-laxer':
    "The policy of a profile may only be stricter than the chain's: see the field named here.",
  'too-many-enclave-keys': 'A provider has only so many enclave keys: drop one first.',
  'enclave-keys-not-taken':
    'The profile takes no enclave keys: bring a report with each attestation.',
  'enclave-key-malformed': 'An enclave key is a compressed public key, 33 bytes.',
  'enclave-key-known': 'This key was enrolled before, and a key is enrolled once: make a new one.',
  'enclave-key-unknown': 'The provider has no such enclave key: name it by its address.',
  'enclave-key-expired': 'The enclave key expired at the time named here: enrol a new one.',
  'enclave-key-revoked':
    'The platform of the enclave key is on a revocation list: move to another platform.',
  'reference-out-of-range':
    'The quote must refer to one of the last blocks: make it anew for a height in the range here.',
  'timestamp-out-of-range':
    'The timestamp is too far from the time of the block: attest soon after the ' +
    'inference, with a correct clock.',
  'wrong-slot': 'The attestation was sent to the wrong address: use the slot named here.',
  'wrong-request-id': 'The request was sent to the wrong address: use the id named here.',
  'request-unknown': 'No such request is open: check its id.',
  'request-not-open': 'The request is fulfilled or refunded already.',
  'request-expired': 'The request has expired: ask for a new one.',
  'request-of-other': 'The request names another provider, profile or payload.',
  'not-enforceable':
    'Too few owners serve the profile for a full panel, and the request insists on one: ' +
    'wait for more providers, or open a request that does not insist.',
  'signature-invalid': 'The signature is not a canonical signature of the attestation id.',
  'signature-of-other':
    'The signature is by a key that is not a key of this provider at this height.',
  'expiry-out-of-range':
    'The expiry is too near or too far: choose a height in the range named here.',
  'not-expired': 'The request has not expired: wait for the height named here.',
  'fee-too-low':
    'The amount would not pay for the audits of this attestation: send at least what is ' +
    'named here.',
  'not-final': 'The attestation is not final: wait for the height named here.',
  'attestation-final': 'The attestation is final: it can no longer be challenged.',
  'attestation-void':
    'The provider was tombstoned while this attestation was pending, so it is void: whoever paid ' +
    'for it takes the money back with refund.',
  'attestation-not-void':
    'The attestation is neither faulty nor void: only from those does a fee come back.',
  'not-announcer': 'Only the account that made the announcement may do this: sign with it.',
  'nothing-to-settle': 'No fee is waiting for settlement.',
  'nothing-to-refund': 'This account has nothing in the escrow of this attestation.',
  'other-verdict': 'Another verdict was given.',
  'wrong-challenge-id': 'The challenge was sent to the wrong address: use the id named here.',
  'attestation-unknown': 'No such attestation exists: check its slot.',
  'attestation-not-pending':
    'The attestation is disputed or decided already: it stands in one challenge, ever.',
  'same-attestation': 'A challenge needs two different attestations.',
  'same-provider': 'Both attestations are by one provider: a pair needs two.',
  'same-output': 'Both attestations have the same output: there is nothing to decide.',
  'not-one-claim':
    'The two attestations are not of one model, profile and payload, or not by the ' +
    'providers named.',
  'bond-mismatch': 'The bond must be exactly the amount named here.',
  'window-closed': 'The window for this has closed.',
  'payload-published': 'The payload has been published already.',
  'payload-too-large': 'The payload is longer than the limit named here.',
  'payload-mismatch': 'These bytes are not the payload of the claim: their SHA-256 is another.',
  'payload-missing': 'Nobody has published the payload.',
  'round-unknown':
    'The beacon round that counts has not been submitted to the chain: submit it first.',
  'panel-too-few-owners': 'Too few owners are eligible for the panel.',
  'panel-too-little-stake': 'Too little of the stake of the profile is eligible for the panel.',
  'seat-unknown': 'No such seat is waiting for this in the present panel.',
  'not-your-seat': 'The seat belongs to another provider: sign as its owner or with its key.',
  'commitment-mismatch': 'What is revealed is not what was committed.',
  'party-unknown': 'This provider is neither a defendant nor a revealed seat of the present panel.',
  'party-unsubstantiated':
    'This defendant has not published its output in time: its chunks do not count any more.',
  'chunk-not-drawn': 'The chunk is neither drawn nor named in this round.',
  'chunk-proof-invalid': 'The chunk does not prove under the roots of the party.',
  'chunk-too-large': 'The chunk is longer than the limit named here.',
  'chunk-opened': 'The chunk is open already.',
  'chunk-malformed':
    'The chunk cannot be compared: cut outputs and evidence as the comparator of the profile asks.',
  'output-missing': 'No defendant has shown its output, which this comparator asks for.',
  'output-not-asked': 'The comparator of this profile does not ask for this.',
  'output-published': 'This defendant has shown what is asked of it already.',
  'output-mismatch': 'This is not the output of the defendant: its tree has another root.',
  'panel-follows': 'Another panel follows this one.',
  'panel-decided': 'The panel has decided every defendant.',
  'deposit-mismatch': 'The deposit must be exactly the amount named here.',
  'no-audit-ticket':
    'This account has no part in the audit draw: only who paid for the attestation has.',
  'audit-not-drawn': 'The beacon did not draw this attestation for an audit.',
  'audit-pool-short': 'The audit pool cannot pay for an audit now: try again when it has more.',
  'equivocation-needs-exact':
    'Two answers of one provider prove something by themselves only where outputs are compared ' +
    'exactly: open a challenge between the two.',
  'evidence-too-old': 'The attestation is older than the evidence age: it is no longer punished.',
  'provider-tombstoned':
    'The provider has been punished for two answers already, and this proof reaches no stake ' +
    'that is left: there is nothing to do.',
  'wrong-answer-slot':
    'The other answer has another slot, on chain or not: name the slot given here.',
  'no-challenger': 'Nobody brought this challenge, so there is no place to take.',
  'already-challenger': 'You are the challenger already.',
  'announcement-of-other':
    'The announcement is of another challenge, account or salt: name the one that was announced.',
  'announcement-unknown': 'No such announcement of yours stands: announce before you open.',
  'too-many-named': 'Only so many chunks are compared: name fewer.',
  'announced-too-early':
    'The announcement is too old for this opening: announce anew shortly before you open.',
  'announced-too-late':
    'The announcement is not older than what it would replace: announce a block before opening.',
  'evidence-not-output':
    'With this comparator the evidence is the output itself: leave the evidence chunk empty.',
  'leaves-mismatch': 'The number of chunks differs from the one this party has shown before.',
  'seat-not-silent': 'No seat is waiting that could be drawn again.',
  'nobody-committed': 'No seat of the panel has committed.',
  'seed-moved': 'The round has been moved once already.',
  'wrong-model-id':
    'The model was sent to the wrong address: use the id of the weights named here.',
  'wrong-deposit': 'The value must be exactly the deposit named here.',
  'model-has-profiles': 'Profiles stand under this model: remove each of them first.',
  'wrong-profile-hash': 'The profile was sent to the wrong address: use the hash named here.',
  'profile-needs-tee':
    'The model requires a TEE report: the specification must require one too, or take the ' +
    'model without.',
  'profile-without-tee': 'The profile asks for no TEE report, so it has no measurements.',
  'rerun-fee-range': 'The rerun fee must be above 0 and at most what is named here.',
  'comparator-chunk-size':
    'A chunk of this comparator would be empty, cut a window of tokens, or be longer than the ' +
    'limit named here, as output or as evidence: choose another number of elements.',
  'comparator-gap':
    'The rejection threshold is too near to the support threshold: raise it to what is named ' +
    'here, so that nobody is near one who is near the truth and yet rejected.',
  'comparator-toothless':
    'Nothing could lie beyond this threshold: choose one below what is named here.',
  'comparator-min-fail':
    'So many drawn chunks that must fail are out of range: choose 1 to what is named here.',
  'comparator-top-k': 'The number of top entries is out of range: choose 1 to what is named here.',
  'comparator-needs-agreement':
    'This comparator shows that the model ran over the tokens, not that it chose them: add a ' +
    'threshold of token agreement, or declare that no tokens are chosen (decoding none).',
  'duplicate-measurement': 'The profile accepts this measurement already.',
  'too-many-measurements': 'A profile accepts only so many measurements: register another one.',
  'not-creator': 'Only the creator of the profile may do this: sign with the account named here.',
  'profile-has-members':
    'Providers serve this profile still: it can be removed when they have left.',
  'profile-in-use':
    'A challenge may still ask for this profile: remove it at the height named here.',
  'profile-not-swept': 'Old versions of its stake set remain: send the message again.',
  'no-authority': 'Genesis named no authority: nobody can change the parameters of this chain.',
  'not-authority': 'Only the authority may do this: sign with the account named here.',
  'parameter-relation': 'The parameters contradict one another: change the field named here.',
  'nothing-proposed': 'No parameters are proposed: propose some first.',
  'enact-too-early': 'The notice is not over: enact at the height named here.',
  'beacon-round-zero': 'Rounds are numbered from 1.',
  'beacon-round-known': 'This beacon round has been submitted already.',
  'beacon-round-future': 'This beacon round is not due yet: submit it at the time named here.',
  'beacon-round-this-block': 'A block takes one beacon round: submit this one with the next.',
  'beacon-proof-invalid': 'The proof does not verify for this round of the beacon of this chain.',
  'not-lapsed': 'The challenge has not lapsed.',
  'challenge-lapsed': 'The challenge came too late for a draw: its next timer ends it void.',
  'not-offered':
    'The model has not been offered to this account: its owner has to transfer it first.',
} as const;

export type RefusalReason = keyof typeof REFUSAL_REASONS;
