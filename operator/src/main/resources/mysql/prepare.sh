#!/bin/sh
# Makes the two directories of a host on its data volume. Init container, as root with CHOWN, FOWNER
# and DAC_OVERRIDE; where mysqld is the node's own (external.sh), root's part of its unit. Existing data
# keep their place; only a wrong owner is put right.
set -eu

volume=${MMM_VOLUME:-/var/lib/mmm}
owner=${MMM_MYSQL_OWNER:-999:999}

mkdir -p "$volume/mysql" "$volume/agent"
chown "$owner" "$volume/mysql"
chmod 0750 "$volume/mysql"
chown 0:0 "$volume/agent"
chmod 0700 "$volume/agent"

# Where backups go, if anywhere: mysqld makes a directory for each.
backups=${MMM_BACKUPS:-/var/lib/mmm-backup}
if [ -d "$backups" ]; then
  chown "$owner" "$backups"
  chmod 0750 "$backups"
fi

# A data set that came from elsewhere (another image's uid, a backup): walked only when its top
# directory has the wrong owner, since it can be large.
if [ -d "$volume/mysql/data" ] && [ "$(stat -c %u:%g "$volume/mysql/data")" != "$owner" ]; then
  echo "prepare: giving $volume/mysql to $owner"
  chown -R "$owner" "$volume/mysql"
fi

# What the agent and a mysqld of the node's share, and its key. New files get the directory's group.
if [ -n "${MMM_RUN:-}" ]; then
  mkdir -p "$MMM_RUN"
  chown "$owner" "$MMM_RUN"
  chmod 2755 "$MMM_RUN"
  chown -R "0:${owner#*:}" "$volume/node/tls"
  chmod 2750 "$volume/node/tls"
fi
