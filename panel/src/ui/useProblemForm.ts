import { type UseFormInput, type UseFormReturnType, useForm } from '@mantine/form';
import { useState } from 'react';
import { isProblem } from './problem';

const CALM_MS = 180;

/**
 * A form whose wrong fields may also be named by the server: a 422's JSON pointers become field errors
 * (`names` maps pointers to fields), everything else is left in `problem` for a ProblemNote.
 */
export function useProblemForm<V extends object>(
    input: UseFormInput<V> & { names?: Record<string, string> },
) {
    const { names = {}, ...options } = input;
    const form = useForm<V>({
        clearInputErrorOnChange: true,
        ...options,
    });
    const [problem, setProblem] = useState<unknown>(null);

    const show = (error: unknown) => {
        const left =
            isProblem(error) && error.kind === 'invalid'
                ? showFields(form, error.fields, names)
                : 1;
        setProblem(left > 0 ? error : null);
        if (left === 0) focusFirstWrong();
    };
    /** Checks, focuses the first wrong field, or acts. */
    const onSubmit = (act: (values: V) => void) =>
        form.onSubmit(
            values => {
                setProblem(null);
                act(values);
            },
            () => focusFirstWrong(),
        );
    /**
     * A changed field is checked a moment after it was left: at once, its error would move the button
     * below from under the very click that left the field.
     */
    const getInputProps: typeof form.getInputProps = (path, ...rest) => {
        const props = form.getInputProps(path, ...rest);
        const onBlur = (event: unknown) => {
            props.onBlur?.(event);
            if (form.isDirty(path)) setTimeout(() => form.validateField(path), CALM_MS);
        };
        return { ...props, onBlur };
    };
    return { ...form, getInputProps, problem, show, onSubmit };
}

/** How many of the named errors belong to no field here. */
function showFields<V extends object>(
    form: UseFormReturnType<V>,
    fields: { pointer: string; detail: string }[],
    names: Record<string, string>,
): number {
    const known = Object.keys(form.getValues());
    let left = fields.length === 0 ? 1 : 0;
    for (const { pointer, detail } of fields) {
        const name = names[pointer] ?? pointer.slice(1).replaceAll('/', '.');
        if (known.includes(name)) form.setFieldError(name, detail);
        else left++;
    }
    return left;
}

/** Once the errors are drawn. */
export function focusFirstWrong() {
    requestAnimationFrame(() => {
        document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus();
    });
}
