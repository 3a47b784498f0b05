# Makes the images that Kubernetes needs here, as docker-archive tars, and loads images into the nodes.
# mysql: Debian's packages, nothing else. base: the C library, to put a Java runtime on. pause: one static program.
# shellcheck shell=bash

readonly mysql_root=$cache/mysql-root # the MySQL image's files; `lab mysql` takes its client from here too
readonly layers=$cache/layers

build_images() {
  mkdir -p "$layers"
  local root_inputs
  refresh "$images/pause.tar" "$(declare -f pack_image build_pause && cat "$here/pause.c")" \
    "building the pause image" "$build_logs/pause.log" build_pause
  root_inputs=$(declare -f install_mysql trim_mysql)
  refresh "$mysql_root" "$root_inputs" "installing MySQL from Debian's packages (first time: about 1 minute)" \
    "$build_logs/mysql.log" install_mysql
  refresh "$images/mysql.tar" "$root_inputs $(declare -f pack_image build_mysql)" \
    "packing the MySQL image" "$build_logs/mysql-image.log" build_mysql
  refresh "$images/base.tar" "$root_inputs $(declare -f pack_image build_base base_files)" \
    "packing the base image for Java programs" "$build_logs/base-image.log" build_base
}

# Makes a docker-archive with one layer: the given files. Usage: pack_image NAME DIRECTORY ARCHIVE COMMAND_JSON
pack_image() {
  local name=$1 files=$2 archive=$3 command=$4 layer=$layers/layer.tar config=$layers/config.json architecture digest
  case $(uname -m) in
    x86_64) architecture=amd64 ;;
    aarch64) architecture=arm64 ;;
    *) architecture=$(uname -m) ;;
  esac
  # The same files give the same image, so that nothing is loaded again without need.
  tar --sort=name --mtime=@0 --numeric-owner -C "$files" -cf "$layer" .
  digest=$(sha256sum "$layer" | cut -d' ' -f1)
  cat >"$config" <<JSON
{"architecture":"$architecture","os":"linux","created":"1970-01-01T00:00:00Z",
"config":{"Cmd":$command,"Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin","LANG=C.UTF-8"]},
"rootfs":{"type":"layers","diff_ids":["sha256:$digest"]},"history":[{"created":"1970-01-01T00:00:00Z","created_by":"e2e/lab"}]}
JSON
  printf '[{"Config":"config.json","RepoTags":["%s"],"Layers":["layer.tar"]}]\n' "$name" >"$layers/manifest.json"
  tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C "$layers" -cf "$archive.new" config.json layer.tar manifest.json
  rm -f "$layer"
  mv "$archive.new" "$archive"
}

build_pause() {
  local files=$layers/pause
  rm -rf "$files"
  mkdir -p "$files"
  gcc -static -O2 -o "$files/pause" "$here/pause.c"
  pack_image "$pause_image" "$files" "$images/pause.tar" '["/pause"]'
  rm -rf "$files"
}

install_mysql() {
  local mirror
  mirror=${MMM_LAB_DEBIAN_MIRROR:-$(debian_mirror)}
  umount "$mysql_root.new"/{proc,sys} 2>/dev/null || true # an earlier try may have been cut short
  rm -rf --one-file-system "$mysql_root" "$mysql_root.new"
  # Without a mirror, debootstrap takes its own default.
  nice -n 5 debootstrap --variant=minbase --include=mysql-server-core,mysql-client-core,iproute2 sid "$mysql_root.new" ${mirror:+"$mirror"}
  rm -rf --one-file-system "$mysql_root.new"/{proc,sys,dev}/* # debootstrap has unmounted what it mounted there
  trim_mysql "$mysql_root.new"
  chroot "$mysql_root.new" mysqld --version
  chroot "$mysql_root.new" mysql --version
  mv "$mysql_root.new" "$mysql_root"
}

# The package mirror that this machine itself uses, if it is a Debian one.
debian_mirror() {
  local found
  found=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | grep -Eo 'https?://[^ ]+/debian/?( |$)') || true
  head -n 1 <<<"$found" | xargs
}

# Leaves out what no one reads in a container, and adds the account that the official MySQL images have too.
trim_mysql() {
  local root=$1 dir
  rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/var/log/* "$root"/boot
  rm -rf "$root"/usr/share/{doc,man,info,locale,lintian,bug,perl} "$root"/usr/lib/*-linux-gnu/perl
  rm -f "$root"/usr/bin/{myisam*,ibd2sdi,innochecksum,mysqlimport,mysqlshow,mysqlslap,mysqldumpslow,mysqld_multi} \
    "$root"/usr/bin/{mysql_migrate_keyring,mysql_secure_installation}
  echo 'mysql:x:999:' >>"$root/etc/group"
  echo 'mysql:x:999:999:MySQL:/var/lib/mysql:/usr/sbin/nologin' >>"$root/etc/passwd"
  for dir in var/lib/mysql var/lib/mysql-files run/mysqld; do
    mkdir -p "$root/$dir"
    chown 999:999 "$root/$dir"
    chmod 1777 "$root/$dir"
  done
}

build_mysql() {
  pack_image "$mysql_image" "$mysql_root" "$images/mysql.tar" '["mysqld"]'
}

# What a Java runtime made by jlink loads, and no more: there is no shell in it.
build_base() {
  local files=$layers/base
  rm -rf "$files"
  mkdir -p "$files"/{etc,tmp,usr/lib,proc,sys,dev,home/nonroot}
  chmod 1777 "$files/tmp"
  chown 65532:65532 "$files/home/nonroot"
  ln -s usr/lib "$files/lib"
  [ ! -d "$mysql_root/usr/lib64" ] || ln -s usr/lib64 "$files/lib64"
  (cd "$mysql_root" && base_files | xargs cp --parents --no-dereference -t "$files")
  cp "$mysql_root"/etc/{nsswitch.conf,os-release} "$files/etc/"
  cp -r --parents -t "$files" "$mysql_root/./usr/lib/locale/C.utf8"
  printf 'root:x:0:0:root:/:/sbin/nologin\nnobody:x:65534:65534:nobody:/:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n' >"$files/etc/passwd"
  printf 'root:x:0:\nnogroup:x:65534:\nnonroot:x:65532:\n' >"$files/etc/group"
  # Better tried here than in a pod.
  chroot "$files" "/$(cd "$files" && echo usr/lib*/ld-linux-*.so.*)" --list "/$(cd "$files" && echo usr/lib/*-linux-gnu/libz.so.1)"
  pack_image "$base_image" "$files" "$images/base.tar" null
  rm -rf "$files"
}

# The libraries, and what they are links to, relative to the MySQL image's root.
base_files() {
  local library
  for library in usr/lib*/ld-linux-*.so.* usr/lib/*-linux-gnu/{ld-linux-*,libc,libm,libdl,libpthread,librt,libresolv,libnss_files,libnss_dns,libgcc_s,libz}.so.[0-9]; do
    [ -e "$library" ] || continue
    echo "$library"
    [ ! -L "$library" ] || realpath --relative-to=. "$library"
  done | sort -u
}

mysql_client() {
  [ -x "$mysql_root/usr/bin/mysql" ] || die "the MySQL client is not built yet: run \`lab build\` first."
  exec chroot "$mysql_root" /usr/bin/mysql "$@"
}

# Loads archives into every node. An image that a node already has in this very content is left alone.
load_images() {
  local archive name digest n
  for archive in "$@"; do
    [ -f "$archive" ] || die "there is no image archive $archive."
  done
  for archive in "$@"; do
    name=$(image_name "$archive")
    digest=$(sha256sum <"$archive")
    for n in $nodes; do
      load_into_node "$n" "$archive" "$name" "$digest" &
    done
    wait_for_all || die "$archive could not be loaded; containerd's logs are in $live/log."
  done
}

load_into_node() {
  local n=$1 archive=$2 name=$3 digest=$4 record
  record=$(node_dir "$n")/loaded/${name//\//_}
  if [ -f "$record" ] && [ "$(<"$record")" = "$digest" ]; then
    return
  fi
  mkdir -p "${record%/*}"
  node_ctr "$n" images import "$archive" >/dev/null
  echo "$digest" >"$record"
  say "$(node_name "$n") has a new $name"
}

image_name() { tar -xOf "$1" manifest.json | jq -r '.[0].RepoTags[0]'; }

# Like `wait` for all background jobs, but fails if any of them failed.
wait_for_all() {
  local job rc=0
  for job in $(jobs -p); do
    wait "$job" || rc=1
  done
  return "$rc"
}
