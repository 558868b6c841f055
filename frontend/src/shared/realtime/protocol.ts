// The frames of the socket, as the protocol's document has them (version 1).
export const VERSION = 1

export type Say =
  | { op: 'hello'; token: string; v: number; locale?: string }
  | { op: 'follow'; stream: string; since?: number }
  | { op: 'unfollow'; stream: string }
  | { op: 'token'; token: string }

/** A durable thing that happened in a stream: comes once, in order. */
export interface Item { op: 'item'; stream: string; seq: number; kind: string; at: string; data: unknown }
/** Something that may be lost: presence, a count, "look again". */
export interface Signal { op: 'signal'; stream: string; kind: string; data: unknown }

export type Hear =
  | { op: 'welcome'; conn: string; server_time: string | number }
  | { op: 'following'; stream: string; head: number }
  | { op: 'reset'; stream: string; head: number }
  | Item
  | Signal
  | { op: 'unfollowed'; stream: string }
  | { op: 'renewed' }
  | { op: 'error'; code: string; message: string; stream?: string }

/** The close codes are a contract. */
export const CLOSE = { tokenExpired: 4001, notAllowed: 4003, tooSlow: 4008, tooMany: 4009, goingAway: 4012 } as const
