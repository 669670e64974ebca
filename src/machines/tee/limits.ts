/** Largest TEE report in a message (PROTOCOL §9); the parameter may only be lower. */
export const MAX_REPORT_BYTES = 16_384;
