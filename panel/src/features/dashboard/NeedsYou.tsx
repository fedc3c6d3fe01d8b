import { IconMail } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { call } from '../../api/client';
import { useMe } from '../../api/queries';
import type { Organization } from '../../api/types';
import { m } from '../../paraglide/messages.js';
import { Card } from '../../ui/Card';
import { day } from '../../ui/time';
import { toast } from '../../ui/toast';
import classes from './NeedsYou.module.css';

/** An organization that nobody confirmed is removed after so many days. */
const REMOVED_DAYS = 14;

function verifyWords({ verified, created_at }: Organization, email: string) {
    if (verified) return m.dashboard_verify();
    const date = day(Date.parse(created_at) + REMOVED_DAYS * 86_400_000);
    return m.dashboard_verify_by({ date, email });
}

/** At most five things, each with one verb. Not there when nothing needs anybody. */
export function NeedsYou({ organization }: { organization: Organization | undefined }) {
    const { user } = useMe();
    const send = useMutation({
        mutationFn: () => call('post', '/api/v1/me/email-verification'),
        onSuccess: () => toast(m.dashboard_mail_sent({ email: user.email })),
        onError: () => toast(m.dashboard_mail_failed()),
    });
    if (user.verified || !organization) return null;
    return (
        <Card title={m.dashboard_needs_you()} flush>
            <div className={classes.item}>
                <IconMail size={18} stroke={1.75} aria-hidden />
                <p className={classes.words}>{verifyWords(organization, user.email)}</p>
                <button
                    type="button"
                    className={classes.verb}
                    disabled={send.isPending || send.isSuccess}
                    onClick={() => send.mutate()}
                >
                    {send.isSuccess ? m.dashboard_sent() : m.dashboard_send_mail()}
                </button>
            </div>
        </Card>
    );
}
