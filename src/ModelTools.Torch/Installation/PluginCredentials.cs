using System.Collections.Concurrent;
using System.Net;
using NuGet.Configuration;
using NuGet.Protocol;
using NuGet.Protocol.Plugins;

namespace ModelTools.Torch.Installation;

/// <summary>Asks the credential plug-ins of this machine about sources whose configuration holds no credentials that they accept.</summary>
/// <remarks>The plug-ins are asked not to talk to the user: what they know of an earlier sign-in or from the environment has to do.</remarks>
internal sealed class PluginCredentials : ICredentialService
{
    private readonly ConcurrentDictionary<Uri, ICredentials> _given = new();

    /// <inheritdoc/>
    public bool HandlesDefaultCredentials => false;

    /// <summary>Makes NuGet ask, each installation anew.</summary>
    public static void Register() => HttpHandlerResourceV3.CredentialService = new Lazy<ICredentialService>(() => new PluginCredentials());

    /// <inheritdoc/>
    /// <exception cref="HttpRequestException">A plug-in failed.</exception>
    public async Task<ICredentials?> GetCredentialsAsync(Uri uri, IWebProxy? proxy, CredentialRequestType type, string message, CancellationToken cancellationToken)
    {
        if (type is CredentialRequestType.Proxy)
        {
            return null;
        }

        // Whoever asks again was refused with what was given before.
        var isRetry = _given.TryRemove(uri, out _);
        foreach (var plugin in await PluginManager.Instance.FindAvailablePluginsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await AskAsync(plugin, new GetAuthenticationCredentialsRequest(uri, isRetry, isNonInteractive: true, canShowDialog: false), cancellationToken).ConfigureAwait(false) is { } answer)
            {
                return _given[uri] = answer;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public bool TryGetLastKnownGoodCredentialsFromCache(Uri uri, bool isProxy, out ICredentials? credentials)
    {
        credentials = null;
        return !isProxy && _given.TryGetValue(uri, out credentials);
    }

    private static async Task<ICredentials?> AskAsync(PluginDiscoveryResult plugin, GetAuthenticationCredentialsRequest request, CancellationToken cancellation)
    {
        try
        {
            var (isMade, made) = await PluginManager.Instance.TryGetSourceAgnosticPluginAsync(plugin, OperationClaim.Authentication, cancellation).ConfigureAwait(false);
            if (!isMade || made is null)
            {
                return null;
            }

            if (made.Plugin is null)
            {
                throw Failed(plugin, made.Message, made.Exception);
            }

            var answer = await made.Plugin.Connection.SendRequestAndReceiveResponseAsync<GetAuthenticationCredentialsRequest, GetAuthenticationCredentialsResponse>(
                MessageMethod.GetAuthenticationCredentials, request, cancellation).ConfigureAwait(false);
            return answer is { ResponseCode: MessageResponseCode.Success } && answer.IsValid() ? new NetworkCredential(answer.Username, answer.Password) : null;
        }
        catch (Exception error) when (error is PluginException or ProtocolException)
        {
            throw Failed(plugin, error.Message, error);
        }
    }

    private static HttpRequestException Failed(PluginDiscoveryResult plugin, string? why, Exception? inner) => new($"the credential plug-in '{plugin.PluginFile.Path}' failed: {why}", inner);
}
