// Shades of the heat map: from dark window to bright, by the share of the busiest hour.
/** 0 … 5 for a value between 0 and the most. */
export function shade(value: number, most: number): number {
  if (most <= 0 || value <= 0) return 0
  return Math.min(5, Math.ceil((value / most) * 5.999) - (value === most ? 0 : 1))
}
