# Shared by ./cdrl and ./studio: finds Java, builds when the sources are newer than the last build,
# and starts a main class with an archive of loaded classes, which halves the start-up time.
# The caller sets root (the project's folder, absolute) and name (cdrl or studio). POSIX sh.

work=$root/target
class_path_file=$root/app/target/class-path

fail() {
  printf '%s: %s\n' "$name" "$1" >&2
  exit 1
}

# Prints where a chain of symbolic links ends.
follow_links() {
  followed=$1
  while [ -L "$followed" ]; do
    link=$(readlink "$followed")
    case $link in
      /*) followed=$link ;;
      *) followed=$(dirname "$followed")/$link ;;
    esac
  done
  printf '%s\n' "$followed"
}

# Sets java, java_home and java_version (its first number).
find_java() {
  java_home=${JAVA_HOME-}
  if [ -z "$java_home" ] && [ -x /usr/libexec/java_home ]; then # macOS
    java_home=$(/usr/libexec/java_home -v 17+ 2>/dev/null) || java_home=
  fi
  if [ -z "$java_home" ]; then
    java=$(command -v java) ||
      fail "Java 17 or newer is needed, but there is no java on the PATH; install a JDK (Debian, Ubuntu: sudo apt-get install openjdk-17-jdk) or set JAVA_HOME."
    java_home=$(cd "$(dirname "$(follow_links "$java")")/.." && pwd -P)
  fi
  java=$java_home/bin/java
  [ -x "$java" ] ||
    fail "the Java home $java_home has no bin/java; set JAVA_HOME to a JDK 17 or newer."

  java_version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$java_home/release" 2>/dev/null)
  if [ -z "$java_version" ]; then
    java_version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
  fi
  [ "${java_version:-0}" -ge 17 ] ||
    fail "Java 17 or newer is needed, but $java_home is version ${java_version:-unknown}; install a newer JDK or set JAVA_HOME to one."
}

# Whether there is a build, none of its jars is missing, and no source has changed since. Sets
# class_path.
is_built() {
  [ -f "$class_path_file" ] || return 1
  class_path=$root/app/target/cdrl-studio.jar:$(cat "$class_path_file")
  rest=$class_path:
  while [ -n "$rest" ]; do
    [ -f "${rest%%:*}" ] || return 1
    rest=${rest#*:}
  done
  # Folders count too: deleting a file changes only the time of its folder.
  changed=$(find "$root/pom.xml" "$root/.mvn" \
    "$root/engine/pom.xml" "$root/engine/src/main" \
    "$root/ui-resources/pom.xml" "$root/ui-resources/src/main" \
    "$root/samples/pom.xml" "$root/samples/src/main" \
    "$root/app/pom.xml" "$root/app/src/main" \
    -newer "$class_path_file" 2>/dev/null | head -n 1)
  [ -z "$changed" ]
}

# Runs a function while no other start from this folder does.
with_lock() {
  if command -v flock >/dev/null 2>&1; then
    (flock 9 && "$@" 9>&-) 9>"$work/launch.lock"
  else
    until mkdir "$work/launch.locked" 2>/dev/null; do
      holder=$(cat "$work/launch.locked/process" 2>/dev/null) || holder=
      if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then
        rm -rf "$work/launch.locked" # its holder was killed
      else
        sleep 1
      fi
    done
    echo $$ >"$work/launch.locked/process"
    ("$@")
    result=$?
    rm -rf "$work/launch.locked"
    return $result
  fi
}

build() {
  if is_built; then return 0; fi # another start has just done it
  [ -x "$java_home/bin/javac" ] ||
    fail "$java_home has no compiler; install a JDK (Debian, Ubuntu: sudo apt-get install openjdk-17-jdk) or set JAVA_HOME to one."
  if [ -f "$class_path_file" ]; then
    echo "Building CDRL Studio (its sources have changed)..." >&2
  else
    echo "Building CDRL Studio (first run, about a minute plus the time to download its libraries)..." >&2
  fi
  touch "$work/build-started"
  if ! (cd "$root" && JAVA_HOME=$java_home MAVEN_OPTS="-XX:TieredStopAtLevel=1 ${MAVEN_OPTS-}" \
    sh ./mvnw -B -pl app -am -Dmaven.test.skip=true -Dspotless.check.skip=true package) \
    </dev/null >"$work/build.log" 2>&1; then
    tail -n 20 "$work/build.log" >&2
    fail "the build failed; all of its log is in $work/build.log."
  fi
  # What has changed while the build ran is newer than the build.
  touch -r "$work/build-started" "$class_path_file"
}

build_if_needed() {
  if is_built; then return 0; fi
  mkdir -p "$work" 2>/dev/null && [ -w "$work" ] ||
    fail "the program must be built first, but $root cannot be written to."
  with_lock build || exit 1
  is_built || fail "the sources changed while they were built; start again."
}

# Sets archive: the file with the loaded classes for this program, this JDK and exactly these jars.
find_archive() {
  jdk=$(printf '%s\n' "$java_home" | cat - "$java_home/release" 2>/dev/null | cksum)
  jars=$(
    IFS=:
    set -f
    ls -ln $class_path 2>/dev/null | cksum
  )
  family=$work/$name-${jdk%% *}
  archive=$family-${jars%% *}.jsa
}

# Replaces this shell by Java. When there is no archive of loaded classes yet and the first argument
# is "learn", Java writes one as it ends, to a name of its own; the next start puts it in place. The
# archive only saves time: whatever is wrong with it, the program starts without it.
start() {
  learn=$1
  main_class=$2
  shift 2
  set -- -cp "$class_path" "$main_class" "$@"

  # From JDK 24 on, Java warns about the native code and raw memory that PyTorch and JavaFX use.
  if [ "$java_version" -ge 24 ]; then
    set -- --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow "$@"
  fi

  find_archive
  if [ ! -f "$archive" ]; then
    mkdir -p "$work" 2>/dev/null # there is none where Maven was run without this script
    for written in "$archive".by-*; do
      if [ -f "$written" ] && ! kill -0 "${written##*.by-}" 2>/dev/null; then
        rm -f "$family"-*.jsa
        mv -f "$written" "$archive" 2>/dev/null
      fi
    done
  fi
  if [ -r "$archive" ]; then
    set -- "-XX:SharedArchiveFile=$archive" "$@"
  elif [ "$learn" = learn ] && [ -w "$work" ] && [ -f "$java_home/lib/server/classes.jsa" ]; then
    set -- "-XX:ArchiveClassesAtExit=$archive.by-$$" "$@"
  fi

  # What the Java machine itself logs is about that archive, and of no use to anyone here.
  # Threads that wait for each other spin for some microseconds before they sleep: without that half
  # of two cores is lost in waking them, and with much more every other program becomes slow.
  if [ -z "${OMP_WAIT_POLICY:-}" ]; then # else somebody has decided
    export GOMP_SPINCOUNT="${GOMP_SPINCOUNT:-1000}"
  fi
  exec "$java" -Xlog:disable -Djava.awt.headless=true \
    "-Djava.util.logging.config.file=$root/app/src/launch/logging.properties" \
    -Dai.djl.offline=true -DOPT_OUT_TRACKING=true "$@"
}
