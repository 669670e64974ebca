/**
 * What a member does when it is drawn. `honest` runs the model and reports the true result;
 * `colluding` reports the lie that all colluders have agreed on; `mute` never answers.
 */
export type Role = 'honest' | 'colluding' | 'mute';

/** A seat once its windows are over; one that nobody answered for is empty. */
export type SeatAnswer = 'honest' | 'colluding' | 'empty';
