#pragma once
// Precompiled for the test programs: the heavy, never-changing headers only.
#include "asio/asio_headers.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <map>
#include <set>
#include <thread>
