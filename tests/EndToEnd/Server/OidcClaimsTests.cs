using System.Text.Json;
using CalciumSweep.Coordinator.Api;
using Xunit;

namespace CalciumSweep.EndToEnd.Server;

/// <summary>Name and role from what a provider says of somebody.</summary>
public sealed class OidcClaimsTests
{
    [Theory]
    [InlineData("roles", """{"roles":["x","op"]}""", "operator")]
    [InlineData("roles", """{"roles":["look","op"]}""", "operator")]
    [InlineData("roles", """{"roles":"look"}""", "viewer")]
    [InlineData("roles", """{"roles":"op look"}""", null)]
    [InlineData("roles", """{"roles":["OP"]}""", null)]
    [InlineData("roles", """{"roles":[["op"],{"op":1},7,null]}""", null)]
    [InlineData("roles", """{"roles":{"op":true}}""", null)]
    [InlineData("roles", "{}", null)]
    [InlineData("realm_access.roles", """{"realm_access":{"roles":["op"]}}""", "operator")]
    [InlineData("realm_access.roles", """{"realm_access.roles":["look"],"realm_access":{"roles":["op"]}}""", "viewer")]
    [InlineData("realm_access.roles", """{"realm_access":["op"],"roles":["op"]}""", null)]
    [InlineData("resource_access.my.client.roles", """{"resource_access":{"my.client":{"roles":["op"]}}}""", "operator")]
    [InlineData("https://example.org/roles", """{"https://example.org/roles":["op"]}""", "operator")]
    public void The_role_follows_from_the_claim(string claim, string claims, string? role) =>
        Assert.Equal(role, Claims(claim).RoleOf(JsonSerializer.Deserialize<JsonElement>(claims)));

    [Theory]
    [InlineData("""{"sub":"1","name":"Ann","email":"a@b","preferred_username":"ann"}""", "{}", "ann (login.example.org)")]
    [InlineData("""{"sub":"1","name":"Bob","email":"b@c"}""", "{}", "b@c")]
    [InlineData("""{"sub":"1"}""", """{"sub":"1","preferred_username":"bob"}""", "bob")]
    [InlineData("""{"sub":"1","preferred_username":7,"name":" "}""", "{}", "1")]
    [InlineData("""{"sub":"b\n\u0000ob"}""", "{}", "bob")]
    [InlineData("""{"sub":"Operator"}""", "{}", "Operator (login.example.org)")]
    [InlineData("""{"sub":"server"}""", "{}", "server (login.example.org)")]
    public void The_name_is_the_most_telling_one_and_nobody_elses(string token, string userInfo, string name) => Assert.Equal(
        name, Claims("roles").NameOf([JsonSerializer.Deserialize<JsonElement>(token), JsonSerializer.Deserialize<JsonElement>(userInfo)]));

    private static OidcClaims Claims(string claim) => new(
        new OidcSettings(new Uri("https://login.example.org/realms/lab"), "calciumsweep") { RoleClaim = claim, Operators = ["op"], Viewers = ["look"] },
        [new AccessKey("operator", "operator", "a-token-of-the-operators-own"), new AccessKey("ann", "viewer", "another-token-of-ann")]);
}
