/** How many bytes the head of a data item takes in its shortest form (RFC 8949 §3). */
export function headBytes(argument: number): number {
  if (argument < 24) return 1;
  if (argument <= 0xff) return 2;
  if (argument <= 0xffff) return 3;
  return argument <= 0xffff_ffff ? 5 : 9;
}
