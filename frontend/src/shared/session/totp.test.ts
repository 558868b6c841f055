import { describe, expect, it } from 'vitest'
import { base32, qrText, secondsLeft, totp } from './totp'

const ascii = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>
const sha1 = ascii('12345678901234567890')
const sha256 = ascii('12345678901234567890123456789012')
const sha512 = ascii('1234567890123456789012345678901234567890123456789012345678901234')

describe('the rotating code', () => {
  // RFC 6238, appendix B
  it.each([
    [59, '94287082', '46119246', '90693936'],
    [1111111109, '07081804', '68084774', '25091201'],
    [1111111111, '14050471', '67062674', '99943326'],
    [1234567890, '89005924', '91819424', '93441116'],
    [2000000000, '69279037', '90698825', '38618901'],
    [20000000000, '65353130', '77737706', '47863826'],
  ])('is the standard’s at %i s', async (at, one, two, five) => {
    expect(await totp(sha1, at * 1000)).toBe(one)
    expect(await totp(sha256, at * 1000, 30, 8, 'SHA-256')).toBe(two)
    expect(await totp(sha512, at * 1000, 30, 8, 'SHA-512')).toBe(five)
  })

  it('holds through its 30 seconds and turns after them', async () => {
    expect(await totp(sha1, 30_000)).toBe(await totp(sha1, 59_999))
    expect(await totp(sha1, 59_999)).not.toBe(await totp(sha1, 60_000))
  })

  it('counts down to the turn', () => {
    expect(secondsLeft(0)).toBe(30)
    expect(secondsLeft(29_999)).toBe(1)
    expect(secondsLeft(30_000)).toBe(30)
  })

  it('reads the secret from base32', () => {
    expect(base32('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')).toEqual(sha1)
    expect(base32('mzxw6ytb oi======')).toEqual(ascii('foobar'))
    expect(() => base32('0189')).toThrow('not base32')
  })

  it('stands in the QR with the member', () => {
    expect(qrText('0190-aa', '12345678')).toBe('OS1.0190-aa.12345678')
  })
})
