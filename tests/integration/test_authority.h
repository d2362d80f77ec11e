#pragma once
#include "child_program.h"

namespace orderlab::test {

/// A certificate authority of a test's own, made by the real openssl, and what it signs. Files in a folder of its own.
class TestAuthority {
public:
    TestAuthority()
    {
        openssl({"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
                 "-subj", "/CN=Test authority", "-keyout", file("ca.key"), "-out", file("ca.pem")});
    }

    /// Empty when all was made, else what openssl said, for QVERIFY2.
    QByteArray problem() const { return m_problem; }
    QString file(const QString& name) const { return QString::fromStdString(m_folder.path().string()) + '/' + name; }
    QString ca() const { return file("ca.pem"); }

    /// Makes NAME.pem and NAME.key. `names` as X.509 has them: "DNS:localhost,IP:127.0.0.1". `days` 0: it has expired
    /// at once. `key`: what `openssl req -newkey` takes.
    void sign(const QString& name, const QString& names, int days = 30, const QStringList& key = ecKey())
    {
        QFile extensions(file(name + ".ext"));
        if (!extensions.open(QIODevice::WriteOnly) || extensions.write("subjectAltName=" + names.toUtf8()) < 0)
            m_problem += extensions.fileName().toUtf8() + " cannot be written";
        extensions.close();
        openssl(QStringList{"req", "-newkey"} + key
                + QStringList{"-nodes", "-subj", "/CN=" + name, "-keyout", file(name + ".key"), "-out",
                              file(name + ".csr")});
        openssl({"x509", "-req", "-in", file(name + ".csr"), "-CA", ca(), "-CAkey", file("ca.key"), "-CAcreateserial",
                 "-days", QString::number(days), "-extfile", file(name + ".ext"), "-out", file(name + ".pem")});
    }
    static QStringList ecKey() { return {"ec", "-pkeyopt", "ec_paramgen_curve:P-256"}; }

    void openssl(const QStringList& arguments)
    {
        ChildProgram program(arguments, {}, "openssl");
        const Ended ended = program.finish(60);
        if (ended.exit_code != 0)
            m_problem += "openssl " + arguments.join(' ').toUtf8() + ": " + ended.describe();
    }

private:
    ScratchFolder m_folder;
    QByteArray m_problem;
};

} // namespace orderlab::test
