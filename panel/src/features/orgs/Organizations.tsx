export function Organizations() { return null; }
