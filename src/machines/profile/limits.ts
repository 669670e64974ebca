/** Old nodes of a stake set that one `remove` deletes at most; a larger rest takes several. */
export const NODES_SWEPT = 64;
