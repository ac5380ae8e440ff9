using System.Net;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Tests.Contract.Hosting;
using FoodDelivery.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace FoodDelivery.Tests.Contract.Security.Tls;

/// <summary>Certificates that cannot be used are named at the start; those that can be used are, in either form.</summary>
public sealed class CertificateSettingTests : IDisposable
{
    private const string Certificate = "Kestrel:Certificates:Default";
    private const string Mode = "Kestrel:EndpointDefaults:ClientCertificateMode";
    private readonly DataFolder _data = new();
    private readonly TestRoot _root;

    public CertificateSettingTests() => _root = new TestRoot(_data.Path, "root");

    [Fact]
    public void A_certificate_that_cannot_be_used_is_named_in_one_sentence()
    {
        var (good, other, late) = (_root.Issue("good"), _root.Issue("other"), _root.Issue("late", validDays: -1));
        Refused($"{Certificate}:Path", "/nowhere.pem", $"--{Certificate}:Path=/nowhere.pem");
        Refused($"{Certificate}:Path", "no certificate", $"--{Certificate}:Path={good.Key}");
        Refused($"{Certificate}:Path", "and not now", late.Own);
        Refused($"{Certificate}:KeyPath", "/nowhere.key", $"--{Certificate}:Path={good.Path}", $"--{Certificate}:KeyPath=/nowhere.key");
        Refused($"{Certificate}:KeyPath", "no key of the certificate", $"--{Certificate}:Path={good.Path}", $"--{Certificate}:KeyPath={other.Key}");
        Refused($"{Certificate}:KeyPath", "no key of the certificate", $"--{Certificate}:Path={good.Path}");
        Refused($"{Certificate}:Path", "the password of the settings", $"--{Certificate}:Path={good.Pfx}", $"--{Certificate}:Password=wrong");
        Refused("Outbound:Certificate:Path", "and not now", late.Outbound);
        Refused("Trust:CertificateAuthority", "/nowhere.pem", "--Trust:CertificateAuthority=/nowhere.pem");
        Refused("Trust:CertificateAuthority", "no certificate", $"--Trust:CertificateAuthority={good.Key}");
        Refused(Mode, "must be NoCertificate or RequireCertificate", $"--{Mode}=Sometimes");
        Refused(Mode, "needs Kestrel:Certificates:Default:Path", $"--{Mode}=RequireCertificate", $"--Trust:CertificateAuthority={_root.Path}");
        Refused(Mode, "Trust:CertificateAuthority", [$"--{Mode}=RequireCertificate", .. good.Own]);
    }

    [Fact]
    public async Task A_sealed_file_is_taken_as_well()
    {
        var good = _root.Issue("good");
        await using var service = await RunningService.With(static _ => { }, $"--{Certificate}:Path={good.Pfx}", $"--{Certificate}:Password=sealed");

        using var client = _root.Client(service.App.Urls.First());
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/healthz/live")).StatusCode);
    }

    [Fact]
    public async Task Who_looks_after_a_service_needs_no_certificate_on_a_port_that_has_nothing_else()
    {
        await using var service = await RunningService.With(
            static app => app.MapGet("/x", static () => "x"),
            [.. _root.Issue("good").Own, $"--{Mode}=RequireCertificate", $"--Trust:CertificateAuthority={_root.Path}", "--Order:ProbePort=0"]);
        var address = Assert.Single(service.App.Urls, static url => url.StartsWith("http:", StringComparison.Ordinal));
        Assert.Equal(3, service.App.Urls.Count);

        using var probe = new HttpClient { BaseAddress = new Uri(address) };
        await Eventually.Holds(async () => Assert.Equal(HttpStatusCode.OK, (await probe.GetAsync("/healthz/ready")).StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await probe.GetAsync("/metrics")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await probe.GetAsync("/x")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await probe.GetAsync("/nothing")).StatusCode);
    }

    public void Dispose()
    {
        _root.Dispose();
        _data.Dispose();
    }

    private void Refused(string setting, string why, params string[] arguments)
    {
        var wrong = Assert.Throws<SettingException>(() => ServiceBuilder.Create("Order", ["--environment=Development", $"--data={_data.Path}", .. arguments], 8081, 9081));
        Assert.StartsWith($"The setting {setting} ", wrong.Message, StringComparison.Ordinal);
        Assert.Contains(why, wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', wrong.Message);
    }
}
