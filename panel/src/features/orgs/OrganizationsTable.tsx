import { Link } from '@tanstack/react-router';
import type { OrganizationSummary } from '../../api/types';
import { m } from '../../paraglide/messages.js';
import { StatePill } from '../../ui/StatePill';
import { Tile } from '../../ui/Tile';
import classes from './Organizations.module.css';

const ROLES = {
    superadmin: m.orgs_role_superadmin,
    agency_admin: m.orgs_role_agency_admin,
    client_admin: m.orgs_role_client_admin,
    editor: m.orgs_role_editor,
    viewer: m.orgs_role_viewer,
};

export function OrganizationsTable({ items }: { items: OrganizationSummary[] }) {
    return (
        <div className={classes.box}>
            <table className={classes.table}>
                <thead>
                    <tr>
                        <th scope="col">{m.orgs_column_name()}</th>
                        <th scope="col" className={classes.parent}>
                            {m.orgs_column_parent()}
                        </th>
                        <th scope="col">{m.orgs_column_state()}</th>
                        <th scope="col" className={classes.role}>
                            {m.orgs_column_role()}
                        </th>
                    </tr>
                </thead>
                <tbody>
                    {items.map(item => (
                        <Row key={item.id} item={item} />
                    ))}
                </tbody>
            </table>
        </div>
    );
}

function Row({ item }: { item: OrganizationSummary }) {
    return (
        <tr>
            <td>
                <div className={classes.name}>
                    <Tile id={item.id} name={item.name} />
                    <div className={classes.words}>
                        <Link to="/o/$org" params={{ org: item.slug }} className={classes.link}>
                            {item.name}
                        </Link>
                        <bdi dir="ltr" className={classes.slug}>
                            {item.slug}
                        </bdi>
                    </div>
                    {item.kind === 'agency' && (
                        <span className={classes.kind}>{m.orgs_agency()}</span>
                    )}
                </div>
            </td>
            <td className={classes.parent}>{item.parent?.name}</td>
            <td>
                <StatePill state={item.status} />
            </td>
            <td className={classes.role}>{ROLES[item.role]()}</td>
        </tr>
    );
}
