import { keepsDrafts } from '../features/pages/editor/kept';

/** Why the sign-in page comes in the middle of the work: said there, until somebody is signed in again. */
let reason: 'plain' | 'kept' | undefined;

export const whyEnded = () => reason;

export function sessionEnded(user: string) {
    reason = keepsDrafts(user) ? 'kept' : 'plain';
}

export function sessionBegan() {
    reason = undefined;
}
