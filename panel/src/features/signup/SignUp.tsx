import { IconBuildingStore, IconLayout } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { call } from '../../api/client';
import * as limits from '../../api/limits';
import { brandingQuery, useSetMe } from '../../api/queries';
import type { SignUp as SignUpBody } from '../../api/types';
import { useSlug } from '../../api/useSlug';
import { m } from '../../paraglide/messages.js';
import { AuthFrame } from '../../ui/AuthFrame';
import { Button } from '../../ui/Button';
import { ChoiceField, PasswordField, SwitchField, TextField } from '../../ui/fields';
import { language } from '../../ui/locale';
import { ProblemNote } from '../../ui/ProblemNote';
import { SlugField } from '../../ui/SlugField';
import { focusFirstWrong, useProblemForm } from '../../ui/useProblemForm';
import { isEmail, isFilled, isPassword } from '../../ui/validate';
import { SitePicture } from './SitePicture';
import { utmOf } from './utm';

const NAMES = { '/organization/name': 'site', '/organization/slug': 'slug' };

const initialValues = {
    name: '',
    email: '',
    password: '',
    site: '',
    project_type: 'website' as 'website' | 'ecommerce',
    demo: true,
};
type Values = typeof initialValues;

export function SignUp() {
    const { data: branding } = useQuery(brandingQuery);
    const form = useProblemForm<Values>({
        initialValues,
        names: NAMES,
        validate: {
            name: isFilled(limits.SignUpRequest.name),
            email: isEmail(limits.SignUpRequest.email),
            password: isPassword(limits.SignUpRequest.password),
            site: isFilled(limits.NewSite.name),
        },
    });
    const values = form.getValues();
    const slug = useSlug(values.site);
    const register = useRegister(form.show);
    const submit = (sent: Values) => {
        if (slug.usable) return register.mutate(bodyOf(sent, slug.value));
        slug.complain();
        focusFirstWrong();
    };
    return (
        <AuthFrame
            title={m.signup_title()}
            sub={m.signup_sub()}
            brand={branding}
            beside={
                <SitePicture
                    name={values.site}
                    address={slug.address}
                    shop={values.project_type === 'ecommerce'}
                />
            }
            footer={
                <>
                    {m.signup_have_account()} <Link to="/signin">{m.signup_sign_in()}</Link>
                </>
            }
        >
            <form onSubmit={form.onSubmit(submit)} noValidate>
                <ProblemNote problem={form.problem} title={m.signup_failed()} />
                <TextField
                    label={m.signup_site_name()}
                    autoComplete="organization"
                    autoFocus
                    {...form.getInputProps('site')}
                />
                <SlugField slug={slug} />
                <ChoiceField
                    label={m.signup_kind()}
                    value={values.project_type}
                    onChange={value => form.setFieldValue('project_type', value)}
                    options={[
                        {
                            value: 'website',
                            label: m.signup_website(),
                            icon: <IconLayout size={18} stroke={1.75} aria-hidden />,
                        },
                        {
                            value: 'ecommerce',
                            label: m.signup_shop(),
                            icon: <IconBuildingStore size={18} stroke={1.75} aria-hidden />,
                        },
                    ]}
                />
                <SwitchField
                    label={m.signup_demo()}
                    help={m.signup_demo_help()}
                    checked={values.demo}
                    onChange={checked => form.setFieldValue('demo', checked)}
                />
                <TextField
                    label={m.signup_name()}
                    autoComplete="name"
                    {...form.getInputProps('name')}
                />
                <TextField
                    label={m.signup_email()}
                    type="email"
                    autoComplete="email"
                    spellCheck={false}
                    {...form.getInputProps('email')}
                />
                <PasswordField
                    label={m.signup_password()}
                    help={m.signup_password_help()}
                    autoComplete="new-password"
                    {...form.getInputProps('password')}
                />
                <Button kind="primary" type="submit" full busy={register.isPending}>
                    {m.signup_create()}
                </Button>
            </form>
        </AuthFrame>
    );
}

function bodyOf(values: Values, slug: string): SignUpBody {
    const { site, project_type, demo, ...person } = values;
    const utm = utmOf(location.search);
    const organization = { name: site.trim(), slug, project_type, demo, language: language() };
    const body = { ...person, email: person.email.trim(), organization };
    return utm ? { ...body, utm } : body;
}

/** One key for one intention: a second click, or a repeat after a lost answer, makes nothing twice. */
function useRegister(onError: (error: unknown) => void) {
    const navigate = useNavigate();
    const setMe = useSetMe();
    const sent = useRef({ body: '', key: '' });
    return useMutation({
        mutationFn: (body: SignUpBody) => {
            const text = JSON.stringify(body);
            if (sent.current.body !== text) sent.current = { body: text, key: crypto.randomUUID() };
            return call('post', '/api/v1/signups', { body, key: sent.current.key });
        },
        onSuccess: ({ data }, body) => {
            setMe(data);
            const org = data.organization ?? body.organization.slug;
            void navigate({ to: '/o/$org/welcome', params: { org } });
        },
        onError,
    });
}
