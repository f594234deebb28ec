using System.Security.Claims;

namespace CalciumSweep.Dashboard;

/// <summary>Who looks at a page: the claims that the host sets from the session cookie.</summary>
public static class Session
{
    /// <summary>Name of the cookie.</summary>
    public const string CookieName = "calciumsweep-session";

    /// <summary>The claim that holds the cookie's value; it never leaves the server.</summary>
    public const string Claim = "session";

    /// <summary>Who sees everything and changes nothing.</summary>
    public const string Viewer = "viewer";

    /// <summary>Who may change something.</summary>
    public const string Operator = "operator";

    /// <summary>The identity of a session.</summary>
    public static ClaimsPrincipal Of(string name, string role, string cookie) => new(new ClaimsIdentity(
        [new(ClaimTypes.Name, name), new(ClaimTypes.Role, role), new(Claim, cookie)], "session"));

    /// <summary>What the API is shown in somebody's name.</summary>
    public static string Cookie(ClaimsPrincipal user) => $"{CookieName}={user.FindFirst(Claim)?.Value}";
}
