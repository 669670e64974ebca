/** nLUX of a LUX (PROTOCOL §2), where amounts are shown rather than paid. */
export const NLUX = 1_000_000_000;
