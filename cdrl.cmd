@echo off
rem The command line of CDRL Studio for Windows; builds it when there is no build yet.
setlocal
set "root=%~dp0"
if not exist "%root%app\target\class-path" (
  echo Building CDRL Studio ^(first run, about a minute plus the time to download its libraries^)... 1>&2
  call "%root%mvnw.cmd" -q -B -f "%root%pom.xml" -pl app -am -Dmaven.test.skip=true -Dspotless.check.skip=true package || exit /b 1
)
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
for /f "usebackq delims=" %%p in ("%root%app\target\class-path") do set "CLASSPATH=%root%app\target\cdrl-studio.jar;%%p"
"%java%" -Djava.awt.headless=true "-Djava.util.logging.config.file=%root%app\src\launch\logging.properties" -Dai.djl.offline=true -DOPT_OUT_TRACKING=true cdrl.cli.Main %*
