/**
 * Whether `value` is a whole multiple of `divisor`, computed on the decimal digits that were written: 0.07 is a
 * multiple of 0.01, which binary floating point denies. The one rule for both validators.
 */
export function isMultipleOf(value: number, divisor: number): boolean {
  if (!Number.isFinite(value) || !Number.isFinite(divisor) || divisor <= 0) return false;
  const [left, right] = [decimalParts(value), decimalParts(divisor)];
  // The exponents of two doubles lie at most 660 apart, so the powers stay small.
  const shared = Math.min(left.exponent, right.exponent);
  return scaled(left, shared) % scaled(right, shared) === 0n;
}

interface DecimalParts {
  digits: bigint;
  exponent: number;
}

function scaled(parts: DecimalParts, exponent: number): bigint {
  return parts.digits * 10n ** BigInt(parts.exponent - exponent);
}

function decimalParts(value: number): DecimalParts {
  const [mantissa = '0', power = '0'] = String(Math.abs(value)).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(power) - fraction.length };
}
