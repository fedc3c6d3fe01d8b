import { describe, expect, it } from 'vitest';
import { utmOf } from './utm';

describe('where somebody came from', () => {
    it('is kept as the link said it', () => {
        expect(utmOf('?utm_source=newsletter&utm_campaign=May%202027&other=1')).toEqual({
            source: 'newsletter',
            campaign: 'May 2027',
        });
    });

    it('is nothing when the link said nothing', () => {
        expect(utmOf('?utm_source=&x=1')).toBeUndefined();
    });

    it('has an end', () => {
        expect(utmOf(`?utm_term=${'a'.repeat(999)}`)?.term).toHaveLength(200);
    });
});
