@echo off
rem Windows: starts Studio. All else is in program\start_studio.py.
setlocal
title Studio
set "START=%~dp0program\start_studio.py"
set "CHOSEN="
if not exist "%START%" (
  echo Studio is still inside the ZIP file. Right-click the ZIP file, choose "Extract All",
  echo and double-click start-studio in the new folder.
  goto stay
)
for %%V in (3.14 3.13 3.12 3.11) do call :try py -%%V
for %%N in (python python3) do call :try %%N
for %%V in (314 313 312 311) do call :try "%LOCALAPPDATA%\Programs\Python\Python%%V\python.exe"
for %%V in (314 313 312 311) do call :try "%ProgramFiles%\Python%%V\python.exe"
if defined CHOSEN goto found
echo Studio needs Python 3.11, 3.12, 3.13 or 3.14, and this computer has none: get Python 3.14 free
echo from the Microsoft Store, or from python.org/downloads. No administrator is needed: install it
echo for yourself only, and untick "Use admin privileges". Then start Studio again.
goto stay

:found
%CHOSEN% "%START%" %*
if errorlevel 1 goto stay
exit /b 0

:stay
echo.
pause
exit /b 1

rem Windows has a python.exe that only opens its store. It does not give the answer 42.
:try
if defined CHOSEN exit /b
%* "%START%" --check >nul 2>nul
if %errorlevel%==42 set CHOSEN=%*
exit /b
