using System.Net;
using System.Text;

namespace ModelTools.Tests.Torch.Installation;

/// <summary>A small NuGet feed over HTTP that asks for a name and a password, and gives package files at the speed that is wanted.</summary>
internal sealed class PackageServer : IDisposable
{
    private static readonly string Expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("reader:secret"));

    private readonly HttpListener _listener = new();
    private readonly IReadOnlyDictionary<string, string> _packages;
    private readonly TimeSpan _pause;

    /// <param name="packages">Package files by <c>id/version</c> in lower case.</param>
    /// <param name="pause">Pause after each megabyte.</param>
    public PackageServer(IReadOnlyDictionary<string, string> packages, TimeSpan pause = default)
    {
        _packages = packages;
        _pause = pause;
        Address = Listen();
        _ = Task.Run(Serve);
    }

    public string Address { get; }

    public void Dispose() => _listener.Close();

    private string Listen()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        probe.Stop();
        _listener.Prefixes.Add(address);
        _listener.Start();
        return address;
    }

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            try
            {
                await Answer(await _listener.GetContextAsync());
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException or IOException)
            {
                // The test is over, or the other side has gone away: both are what some tests want.
            }
        }
    }

    private async Task Answer(HttpListenerContext context)
    {
        using var response = context.Response;
        if (context.Request.Headers["Authorization"] != Expected)
        {
            response.StatusCode = 401;
            response.AddHeader("WWW-Authenticate", "Basic realm=\"packages\"");
            return;
        }

        var parts = context.Request.Url!.AbsolutePath.Trim('/').Split('/');
        switch (parts)
        {
            case ["index.json"]:
                await Text(response, $$"""{ "version": "3.0.0", "resources": [ { "@id": "{{Address}}flat/", "@type": "PackageBaseAddress/3.0.0" } ] }""");
                break;
            case ["flat", var id, "index.json"] when _packages.Keys.FirstOrDefault(key => key.StartsWith($"{id}/", StringComparison.Ordinal)) is { } key:
                await Text(response, $$"""{ "versions": [ "{{key.Split('/')[1]}}" ] }""");
                break;
            case ["flat", var id, var version, _] when _packages.TryGetValue($"{id}/{version}", out var file):
                await using (var stream = File.OpenRead(file))
                {
                    response.ContentLength64 = stream.Length;
                    var buffer = new byte[1 << 20];
                    for (int read; (read = await stream.ReadAsync(buffer)) > 0;)
                    {
                        await response.OutputStream.WriteAsync(buffer.AsMemory(0, read));
                        await Task.Delay(_pause);
                    }
                }

                break;
            default:
                response.StatusCode = 404;
                break;
        }
    }

    private static async Task Text(HttpListenerResponse response, string text)
    {
        response.ContentType = "application/json";
        await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
    }
}
