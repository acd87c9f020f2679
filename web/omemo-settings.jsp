<%@ page extends="org.igniterealtime.openfire.plugin.omemo.admin.SettingsPage" %>
<%@ include file="WEB-INF/parts/page.jspf" %>
<html>
<head>
<title><fmt:message key="console.settings.title"/></title>
<meta name="pageID" content="omemo-settings">
<link rel="stylesheet" type="text/css" href="style/omemo.css">
</head>
<body>
<div class="omemo">
<%@ include file="WEB-INF/parts/notice.jspf" %>

<nav class="tools"><a href="#policies"><fmt:message key="console.settings.policies"/></a>
<a href="#past"><fmt:message key="console.settings.past"/></a>
<c:forEach items="${model.sections()}" var="section"><a href="#<c:out value="${section.id()}"/>"><fmt:message key="console.settings.section.${section.id()}"/></a>
</c:forEach><a href="#bots"><fmt:message key="console.settings.bots"/></a></nav>

<h2 id="policies"><fmt:message key="console.settings.policies"/></h2>
<p><fmt:message key="console.settings.policies.effect"/></p>
<table class="list">
<thead><tr>
  <th scope="col"><fmt:message key="console.settings.scope"/></th>
  <th scope="col"><fmt:message key="console.settings.subject"/></th>
  <th scope="col"><fmt:message key="console.settings.policy"/></th>
  <th scope="col"><fmt:message key="console.actions"/></th>
</tr></thead>
<tbody>
<c:forEach items="${model.policies().rows()}" var="row">
<tr>
  <td><fmt:message key="console.settings.scope.${row.kind()}"/></td>
  <td class="wide"><bdi><c:out value="${row.subject()}"/></bdi><c:if test="${row.pattern() != ''}">: <code><c:out value="${row.pattern()}"/></code></c:if></td>
  <td class="wide"><code><c:out value="${row.policy()}"/></code><br>
    <c:set var="problem" value="${row.problem()}"/><c:set var="field" value="${row.property()}"/><%@ include file="WEB-INF/parts/problem.jspf" %>
    <c:choose>
    <c:when test="${row.effect() == ''}"><strong><fmt:message key="console.settings.policy.no-effect"/></strong></c:when>
    <c:when test="${row.problem() != null}"><strong><fmt:message key="console.settings.policy.instead"/></strong> <code><c:out value="${row.effect()}"/></code><br></c:when>
    </c:choose>
    <small><c:if test="${row.mode() != ''}"><fmt:message key="console.settings.mode.${row.mode()}"/></c:if><c:if test="${!row.isSet()}"><c:out value=" "/><fmt:message key="console.settings.policy.unset"/></c:if></small></td>
  <td class="actions">
    <c:if test="${row.kind() != 'unknown'}">
    <c:url value="omemo-settings.jsp" var="change"><c:param name="property" value="${row.property()}"/><c:param name="page" value="${model.policies().page()}"/></c:url>
    <a class="button" href="<c:out value="${change}"/>#policy"><fmt:message key="console.change"/></a>
    </c:if>
    <c:if test="${row.isSet()}">
    <form method="post" action="omemo-settings.jsp"><%@ include file="WEB-INF/parts/token.jspf" %>
      <input type="hidden" name="property" value="<c:out value="${row.property()}"/>">
      <button name="action" value="delete-policy"><fmt:message key="console.delete"/></button></form>
    </c:if>
  </td>
</tr>
</c:forEach>
</tbody>
</table>
<c:set var="excerpt" value="${model.policies()}"/><%@ include file="WEB-INF/parts/pager.jspf" %>

<form method="post" action="omemo-settings.jsp#policy" class="fields" id="policy">
<%@ include file="WEB-INF/parts/token.jspf" %>
<input type="hidden" name="property" value="<c:out value="${model.policy().property()}"/>">
<fieldset>
<legend><fmt:message key="${model.policy().property() == '' ? 'console.settings.policy.add' : 'console.settings.policy.change'}"/></legend>
<c:choose>
<c:when test="${model.policy().property() == ''}">
<div class="field">
  <label for="kind"><fmt:message key="console.settings.scope"/></label>
  <select id="kind" name="kind">
    <c:forTokens items="room,pattern,service,default" delims="," var="kind">
    <option value="<c:out value="${kind}"/>"<c:if test="${kind == model.policy().kind()}"> selected</c:if>><fmt:message key="console.settings.scope.${kind}"/></option>
    </c:forTokens>
  </select>
</div>
<div class="field target">
  <label for="target"><fmt:message key="console.settings.subject"/></label>
  <input id="target" name="target" maxlength="100" value="<c:out value="${model.policy().target()}"/>" aria-describedby="about-target">
  <small id="about-target"><fmt:message key="console.settings.subject.effect"/></small>
</div>
<c:set var="problem" value="${model.policy().problems().get('target')}"/><c:set var="field" value="target"/>
<c:if test="${problem != null}"><div class="field"><%@ include file="WEB-INF/parts/problem.jspf" %></div></c:if>
</c:when>
<c:otherwise>
<div class="field"><span class="label"><fmt:message key="console.settings.scope.${model.policy().kind()}"/></span>
  <bdi class="wide"><c:out value="${model.policy().target()}"/></bdi></div>
</c:otherwise>
</c:choose>
<c:if test="${model.policy().property() == '' || model.policy().kind() == 'pattern'}">
<div class="field pattern">
  <label for="pattern"><fmt:message key="console.settings.pattern"/></label>
  <input id="pattern" name="pattern" maxlength="1000" value="<c:out value="${model.policy().pattern()}"/>" aria-describedby="about-pattern">
  <c:set var="problem" value="${model.policy().problems().get('pattern')}"/><c:set var="field" value="pattern"/><%@ include file="WEB-INF/parts/problem.jspf" %>
  <small id="about-pattern"><fmt:message key="console.settings.pattern.effect"/></small>
</div>
</c:if>
<c:set var="problem" value="${model.policy().problems().get('rules')}"/><c:set var="field" value="rules"/><%@ include file="WEB-INF/parts/problem.jspf" %>
<c:set var="rules" value="${model.policy().rules()}"/><%@ include file="WEB-INF/parts/rules.jspf" %>
<button name="action" value="set-policy" class="main"><fmt:message key="console.save"/></button>
<c:if test="${model.policy().property() != ''}"><a href="omemo-settings.jsp#policies"><fmt:message key="console.cancel"/></a></c:if>
</fieldset>
</form>

<h2 id="past"><fmt:message key="console.settings.past"/></h2>
<p><fmt:message key="console.settings.past.effect"/></p>

<c:forEach items="${model.sections()}" var="section">
<h2 id="<c:out value="${section.id()}"/>"><fmt:message key="console.settings.section.${section.id()}"/></h2>
<p><fmt:message key="console.settings.section.${section.id()}.effect"/></p>
<form method="post" action="omemo-settings.jsp#<c:out value="${section.id()}"/>" class="fields">
<%@ include file="WEB-INF/parts/token.jspf" %>
<input type="hidden" name="section" value="<c:out value="${section.id()}"/>">
<c:forEach items="${section.fields()}" var="item">
<div class="field">
  <label for="<c:out value="${item.id()}"/>"><fmt:message key="console.settings.${item.id()}"/></label>
  <c:choose>
  <c:when test="${item.kind() == 'switch'}"><input type="checkbox" id="<c:out value="${item.id()}"/>" name="<c:out value="${item.id()}"/>" value="true"<c:if test="${item.value() == 'true'}"> checked</c:if> aria-describedby="about-<c:out value="${item.id()}"/>"></c:when>
  <c:when test="${item.kind() == 'choice'}"><select id="<c:out value="${item.id()}"/>" name="<c:out value="${item.id()}"/>" aria-describedby="about-<c:out value="${item.id()}"/>">
    <c:forEach items="${item.choices()}" var="choice"><option value="<c:out value="${choice}"/>"<c:if test="${choice == item.value()}"> selected</c:if>><fmt:message key="console.settings.${item.id()}.${choice}"/></option></c:forEach></select></c:when>
  <c:otherwise><input id="<c:out value="${item.id()}"/>" name="<c:out value="${item.id()}"/>" maxlength="100"<c:if test="${item.kind() == 'number'}"> inputmode="numeric" class="short"</c:if> value="<c:out value="${item.value()}"/>" aria-describedby="about-<c:out value="${item.id()}"/>"></c:otherwise>
  </c:choose>
  <c:set var="problem" value="${item.problem()}"/><c:set var="field" value="${item.id()}"/><%@ include file="WEB-INF/parts/problem.jspf" %>
  <small id="about-<c:out value="${item.id()}"/>"><fmt:message key="console.settings.${item.id()}.effect"/></small>
  <fmt:message key="${item.source()}" var="text"><c:forEach items="${item.words()}" var="word"><fmt:param value="${word}"/></c:forEach></fmt:message>
  <small class="wide<c:if test="${item.isUnreadable()}"> problem</c:if>"><c:out value="${text}"/></small>
</div>
</c:forEach>
<button name="action" value="save" class="main"><fmt:message key="console.save"/></button>
</form>
</c:forEach>

<h2 id="bots"><fmt:message key="console.settings.bots"/></h2>
<p><fmt:message key="console.settings.bots.effect"/></p>
<c:choose>
<c:when test="${model.bots().isEmpty()}"><p class="empty"><fmt:message key="console.settings.bots.none"/></p></c:when>
<c:otherwise>
<table class="list">
<thead><tr>
  <th scope="col"><fmt:message key="console.settings.bot.name"/></th>
  <th scope="col"><fmt:message key="console.settings.bot.setting"/></th>
  <th scope="col"><fmt:message key="console.actions"/></th>
</tr></thead>
<tbody>
<c:forEach items="${model.bots()}" var="row">
<tr>
  <td class="wide"><bdi><c:out value="${row.name()}"/></bdi></td>
  <td class="wide"><code><c:out value="${row.setting()}"/></code><br>
    <c:choose><c:when test="${row.form() == null}"><span class="problem"><fmt:message key="console.settings.bot.unreadable"/></span></c:when>
    <c:otherwise><small><fmt:message key="console.settings.bot.kind.${row.form().kind()}"/></small></c:otherwise></c:choose></td>
  <td class="actions">
    <c:url value="omemo-settings.jsp" var="change"><c:param name="bot" value="${row.name()}"/></c:url>
    <c:if test="${row.form() != null}"><a class="button" href="<c:out value="${change}"/>#bot"><fmt:message key="console.change"/></a></c:if>
    <form method="post" action="omemo-settings.jsp#bots"><%@ include file="WEB-INF/parts/token.jspf" %>
      <input type="hidden" name="bot" value="<c:out value="${row.name()}"/>">
      <button name="action" value="delete-bot"><fmt:message key="console.delete"/></button></form>
  </td>
</tr>
</c:forEach>
</tbody>
</table>
</c:otherwise>
</c:choose>

<form method="post" action="omemo-settings.jsp#bot" class="fields" id="bot">
<%@ include file="WEB-INF/parts/token.jspf" %>
<input type="hidden" name="bot" value="<c:out value="${model.bot().bot()}"/>">
<fieldset>
<legend><fmt:message key="${model.bot().bot() == '' ? 'console.settings.bot.add' : 'console.settings.bot.change'}"/></legend>
<div class="field">
  <c:choose>
  <c:when test="${model.bot().bot() == ''}">
  <label for="name"><fmt:message key="console.settings.bot.name"/></label>
  <input id="name" name="name" maxlength="64" value="<c:out value="${model.bot().name()}"/>" aria-describedby="about-name">
  <c:set var="problem" value="${model.bot().problems().get('name')}"/><c:set var="field" value="name"/><%@ include file="WEB-INF/parts/problem.jspf" %>
  <small id="about-name"><fmt:message key="console.settings.bot.name.effect"/></small>
  </c:when>
  <c:otherwise><span class="label"><fmt:message key="console.settings.bot.name"/></span> <bdi class="wide"><c:out value="${model.bot().name()}"/></bdi></c:otherwise>
  </c:choose>
</div>
<div class="field">
  <label for="bot-kind"><fmt:message key="console.settings.bot.kind"/></label>
  <select id="bot-kind" name="bot-kind">
    <c:forEach items="${model.botKinds()}" var="kind"><option value="<c:out value="${kind}"/>"<c:if test="${kind == model.bot().kind()}"> selected</c:if>><fmt:message key="console.settings.bot.kind.${kind}"/></option></c:forEach>
  </select>
  <c:set var="problem" value="${model.bot().problems().get('bot-kind')}"/><c:set var="field" value="bot-kind"/><%@ include file="WEB-INF/parts/problem.jspf" %>
</div>
<div class="field">
  <span class="label"><fmt:message key="console.settings.bot.families"/></span>
  <c:forEach items="${model.botFamilies()}" var="family">
  <label class="choice"><input type="checkbox" name="family-<c:out value="${family}"/>"<c:if test="${model.bot().families().contains(family)}"> checked</c:if>> <c:out value="${family}"/></label>
  </c:forEach>
  <c:set var="problem" value="${model.bot().problems().get('families')}"/><c:set var="field" value="families"/><%@ include file="WEB-INF/parts/problem.jspf" %>
  <small><fmt:message key="console.settings.bot.families.effect"/></small>
</div>
<div class="field">
  <label for="blind"><fmt:message key="console.settings.bot.blind"/></label>
  <input type="checkbox" id="blind" name="blind"<c:if test="${model.bot().blindTrust()}"> checked</c:if> aria-describedby="about-blind">
  <small id="about-blind"><fmt:message key="console.settings.bot.blind.effect"/></small>
</div>
<div class="field">
  <label for="every"><fmt:message key="console.settings.bot.every"/></label>
  <input id="every" name="every" class="short" maxlength="10" inputmode="numeric" value="<c:out value="${model.bot().every()}"/>" aria-describedby="about-every">
  <c:set var="problem" value="${model.bot().problems().get('every')}"/><c:set var="field" value="every"/><%@ include file="WEB-INF/parts/problem.jspf" %>
  <small id="about-every"><fmt:message key="console.settings.bot.every.effect"/></small>
</div>
<div class="field">
  <label for="paused"><fmt:message key="console.settings.bot.paused"/></label>
  <input type="checkbox" id="paused" name="paused"<c:if test="${model.bot().paused()}"> checked</c:if> aria-describedby="about-paused">
  <small id="about-paused"><fmt:message key="console.settings.bot.paused.effect"/></small>
</div>
<button name="action" value="set-bot" class="main"><fmt:message key="console.save"/></button>
<c:if test="${model.bot().bot() != ''}"><a href="omemo-settings.jsp#bots"><fmt:message key="console.cancel"/></a></c:if>
</fieldset>
</form>
</div>
</body>
</html>
