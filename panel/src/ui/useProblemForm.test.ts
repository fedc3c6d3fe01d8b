import { act, renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { useProblemForm } from './useProblemForm';

const problem = (kind: string, ...fields: [string, string][]) => ({
    kind,
    status: 422,
    message: kind,
    detail: 'Check the marked fields.',
    requestId: 'req_1',
    retryAfter: null,
    fields: fields.map(([pointer, detail]) => ({ pointer, code: 'invalid', detail })),
});

const make = () =>
    renderHook(() =>
        useProblemForm({
            initialValues: { email: '', slug: '' },
            names: { '/organization/slug': 'slug' },
        }),
    ).result;

describe('a form that hears the server', () => {
    it('puts each named error to its field', () => {
        const form = make();
        const refused = problem(
            'invalid',
            ['/email', 'Not an address.'],
            ['/organization/slug', 'Taken.'],
        );
        act(() => form.current.show(refused));
        expect(form.current.errors).toEqual({ email: 'Not an address.', slug: 'Taken.' });
        expect(form.current.problem).toBeNull();
    });

    it('keeps what belongs to no field for the note', () => {
        const form = make();
        const refused = problem('invalid', ['/email', 'Not an address.'], ['/elsewhere', 'Hm.']);
        act(() => form.current.show(refused));
        expect(form.current.errors).toEqual({ email: 'Not an address.' });
        expect(form.current.problem).toBe(refused);
    });

    it('shows every other problem as a note', () => {
        const form = make();
        const away = problem('unavailable');
        act(() => form.current.show(away));
        expect(form.current.problem).toBe(away);
        expect(form.current.errors).toEqual({});
    });
});
