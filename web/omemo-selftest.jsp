<%@ page extends="org.igniterealtime.openfire.plugin.omemo.admin.SelfTestPage" %>
<%@ include file="WEB-INF/parts/page.jspf" %>
<html>
<head>
<title><fmt:message key="console.selftest.title"/></title>
<meta name="pageID" content="omemo-selftest">
<link rel="stylesheet" type="text/css" href="style/omemo.css">
<c:if test="${model.running()}"><noscript><meta http-equiv="refresh" content="2"></noscript></c:if>
<script src="script/omemo-selftest.js" defer></script>
</head>
<body>
<div class="omemo">
<%@ include file="WEB-INF/parts/notice.jspf" %>

<h2><fmt:message key="console.selftest.test"/></h2>
<p><fmt:message key="selftest.instruction"/></p>
<c:if test="${!model.ready()}"><p class="problem"><fmt:message key="command.domain.${model.domain()}"/> <a href="omemo-settings.jsp"><fmt:message key="console.settings"/></a></p></c:if>
<form method="post" action="omemo-selftest.jsp">
<%@ include file="WEB-INF/parts/token.jspf" %>
<button name="action" value="run" class="main"<c:if test="${!model.ready() || model.running()}"> disabled</c:if>><fmt:message key="console.selftest.run"/></button>
</form>

<c:choose>
<c:when test="${model.run() == null}"><p class="empty"><fmt:message key="selftest.nothing-yet"/></p></c:when>
<c:otherwise>
<c:set var="run" value="${model.run()}"/>
<div id="run"<c:if test="${run.running()}"> data-progress="self-test-progress"</c:if>>
<div class="outcome" role="status">
  <strong class="verdict <c:out value="${run.state()}"/>"><fmt:message key="console.selftest.state.${run.state()}"/></strong>
  <c:choose>
  <c:when test="${run.running()}"><progress max="<c:out value="${run.steps().size()}"/>" value="<c:out value="${run.done()}"/>"></progress> <span class="done"><c:out value="${run.done()}"/></span> / <c:out value="${run.steps().size()}"/></c:when>
  <c:otherwise>
    <fmt:message key="console.selftest.summary" var="text"><fmt:param value="${run.began()}"/><fmt:param value="${run.passed()}"/><fmt:param value="${run.failed()}"/><fmt:param value="${run.notTested()}"/></fmt:message>
    <c:out value="${text}"/><c:if test="${run.duration() != ''}">&nbsp;(<c:out value="${run.duration()}"/>)</c:if>
  </c:otherwise>
  </c:choose>
</div>
<table class="list">
<thead><tr>
  <th scope="col"><fmt:message key="console.selftest.step"/></th>
  <th scope="col"><fmt:message key="console.selftest.verdict"/></th>
  <th scope="col"><fmt:message key="console.selftest.took"/></th>
  <th scope="col"><fmt:message key="console.selftest.seen"/></th>
</tr></thead>
<tbody>
<c:forEach items="${run.steps()}" var="step">
<tr id="step-<c:out value="${step.code()}"/>">
  <td><fmt:message key="selftest.${step.code()}.name"/></td>
  <td><span class="verdict <c:out value="${step.verdict()}"/>"><fmt:message key="console.selftest.verdict.${step.verdict()}"/></span></td>
  <td class="number duration"><c:out value="${step.duration()}"/></td>
  <td class="wide"><span class="seen" dir="auto"><c:out value="${step.seen()}"/></span><c:if test="${step.verdict() == 'failed'}"><br><strong><fmt:message key="console.selftest.advice"/></strong> <fmt:message key="selftest.${step.code()}.advice"/></c:if></td>
</tr>
</c:forEach>
</tbody>
</table>
</div>
</c:otherwise>
</c:choose>

<c:if test="${model.history().size() > 1}">
<h2 id="history"><fmt:message key="console.selftest.history"/></h2>
<p><fmt:message key="console.selftest.history.effect"/></p>
<table class="list">
<thead><tr>
  <th scope="col"><fmt:message key="selftest.began"/></th>
  <th scope="col"><fmt:message key="selftest.state"/></th>
  <th scope="col"><fmt:message key="console.selftest.took"/></th>
  <th scope="col"><fmt:message key="selftest.passed"/></th>
  <th scope="col"><fmt:message key="selftest.failed"/></th>
  <th scope="col"><fmt:message key="selftest.not-tested"/></th>
</tr></thead>
<tbody>
<c:forEach items="${model.history()}" var="row">
<tr>
  <td><a href="omemo-selftest.jsp?run=<c:out value="${row.id()}"/>"><c:out value="${row.began()}"/></a></td>
  <td><span class="verdict <c:out value="${row.state()}"/>"><fmt:message key="console.selftest.state.${row.state()}"/></span></td>
  <td class="number"><c:out value="${row.duration()}"/></td>
  <td class="number"><c:out value="${row.passed()}"/></td>
  <td class="number"><c:out value="${row.failed()}"/></td>
  <td class="number"><c:out value="${row.notTested()}"/></td>
</tr>
</c:forEach>
</tbody>
</table>
</c:if>

<h2 id="bots"><fmt:message key="console.settings.bots"/></h2>
<p><fmt:message key="console.settings.bots.effect"/></p>
<c:if test="${model.address() != ''}"><fmt:message key="console.bots.address" var="text"><fmt:param value="${model.address()}"/></fmt:message><p><c:out value="${text}"/></p></c:if>
<c:choose>
<c:when test="${model.bots().isEmpty()}"><p class="empty"><fmt:message key="console.settings.bots.none"/></p></c:when>
<c:otherwise>
<table class="list">
<thead><tr>
  <th scope="col"><fmt:message key="console.settings.bot.name"/></th>
  <th scope="col"><fmt:message key="selftest.state"/></th>
  <th scope="col"><fmt:message key="console.bots.rooms"/></th>
  <th scope="col"><fmt:message key="console.bots.messages"/></th>
  <th scope="col"><fmt:message key="console.bots.waiting"/></th>
  <th scope="col"><fmt:message key="console.bots.problems"/></th>
  <th scope="col"><fmt:message key="console.actions"/></th>
</tr></thead>
<tbody>
<c:forEach items="${model.bots()}" var="row">
<tr>
  <td class="wide"><bdi><c:out value="${row.name()}"/></bdi><br><small><c:choose>
    <c:when test="${row.form() == null}"><code><c:out value="${row.setting()}"/></code></c:when>
    <c:otherwise><fmt:message key="console.settings.bot.kind.${row.form().kind()}"/></c:otherwise></c:choose></small></td>
  <td class="wide"><span class="verdict <c:out value="${row.status()}"/>"><fmt:message key="console.bots.status.${row.status()}"/></span>
    <c:if test="${row.detail() != ''}"><br><small dir="auto"><c:out value="${row.detail()}"/></small></c:if></td>
  <td class="number" data-label="<fmt:message key="console.bots.rooms"/>"><c:out value="${row.inside()}"/> / <c:out value="${row.rooms()}"/></td>
  <td data-label="<fmt:message key="console.bots.messages"/>"><fmt:message key="console.bots.counts" var="text"><fmt:param value="${row.read()}"/><fmt:param value="${row.unread()}"/><fmt:param value="${row.dropped()}"/></fmt:message><c:out value="${text}"/></td>
  <td class="number" data-label="<fmt:message key="console.bots.waiting"/>"><c:out value="${row.waiting()}"/></td>
  <td class="number" data-label="<fmt:message key="console.bots.problems"/>"><c:out value="${row.problems()}"/></td>
  <td class="actions">
    <c:if test="${row.status() == 'running'}">
    <c:url value="omemo-selftest.jsp" var="details"><c:param name="bot" value="${row.name()}"/></c:url>
    <a class="button" href="<c:out value="${details}"/>#bot"><fmt:message key="console.bots.details"/></a>
    </c:if>
    <c:if test="${row.form() != null}">
    <form method="post" action="omemo-selftest.jsp"><%@ include file="WEB-INF/parts/token.jspf" %>
      <input type="hidden" name="bot" value="<c:out value="${row.name()}"/>">
      <c:choose><c:when test="${row.form().paused()}"><button name="action" value="start"><fmt:message key="console.bots.start"/></button></c:when>
      <c:otherwise><button name="action" value="pause"><fmt:message key="console.bots.pause"/></button></c:otherwise></c:choose></form>
    </c:if>
  </td>
</tr>
</c:forEach>
</tbody>
</table>
</c:otherwise>
</c:choose>
<p><a href="omemo-settings.jsp#bot"><fmt:message key="console.settings.bot.add"/></a></p>

<c:if test="${model.waiting().total() > 0}">
<h2 id="waiting"><fmt:message key="console.bots.waiting"/></h2>
<p><fmt:message key="console.bots.waiting.effect"/></p>
<table class="list">
<thead><tr>
  <th scope="col"><fmt:message key="console.bots.bot"/></th>
  <th scope="col"><fmt:message key="console.bots.account"/></th>
  <th scope="col"><fmt:message key="console.bots.fingerprint"/></th>
  <th scope="col"><fmt:message key="console.actions"/></th>
</tr></thead>
<tbody>
<c:forEach items="${model.waiting().rows()}" var="row">
<tr>
  <td class="wide"><c:out value="${row.bot()}"/></td>
  <td class="wide"><bdi><c:out value="${row.account()}"/></bdi><br><small><fmt:message key="console.bots.device" var="text"><fmt:param value="${row.device()}"/></fmt:message><c:out value="${text}"/></small></td>
  <td><code class="fingerprint"><c:out value="${row.fingerprint()}"/></code></td>
  <td class="actions">
    <form method="post" action="omemo-selftest.jsp"><%@ include file="WEB-INF/parts/token.jspf" %>
      <input type="hidden" name="bot" value="<c:out value="${row.bot()}"/>">
      <input type="hidden" name="account" value="<c:out value="${row.account()}"/>">
      <input type="hidden" name="fingerprint" value="<c:out value="${row.fingerprint()}"/>">
      <button name="action" value="trust"><fmt:message key="console.bots.trust"/></button>
      <button name="action" value="distrust"><fmt:message key="console.bots.distrust"/></button></form>
  </td>
</tr>
</c:forEach>
</tbody>
</table>
<c:set var="excerpt" value="${model.waiting()}"/><%@ include file="WEB-INF/parts/pager.jspf" %>
</c:if>

<c:if test="${model.bot() != null}">
<h2 id="bot"><fmt:message key="console.bots.bot"/>: <bdi><c:out value="${model.bot().name()}"/></bdi></h2>
<c:if test="${model.bot().rooms().isEmpty()}"><p class="empty"><fmt:message key="console.bots.rooms.none"/></p></c:if>
<ul>
<c:forEach items="${model.bot().rooms()}" var="room"><li class="wide"><bdi><c:out value="${room.address()}"/></bdi> (<fmt:message key="bots.${room.inside() ? 'inside' : 'outside'}"/>)</li></c:forEach>
<c:forEach items="${model.bot().report()}" var="line"><li class="wide" dir="auto"><c:out value="${line}"/></li></c:forEach>
</ul>
<c:if test="${!model.bot().problems().isEmpty()}">
<table class="list">
<thead><tr>
  <th scope="col"><fmt:message key="console.bots.problem"/></th>
  <th scope="col"><fmt:message key="console.bots.times"/></th>
  <th scope="col"><fmt:message key="console.bots.first"/></th>
  <th scope="col"><fmt:message key="console.bots.last"/></th>
</tr></thead>
<tbody>
<c:forEach items="${model.bot().problems()}" var="row">
<tr><td class="wide" dir="auto"><c:out value="${row.text()}"/></td><td class="number"><c:out value="${row.times()}"/></td>
  <td><c:out value="${row.first()}"/></td><td><c:out value="${row.last()}"/></td></tr>
</c:forEach>
</tbody>
</table>
</c:if>
<c:if test="${model.bot().more() > 0}"><p class="empty">+ <c:out value="${model.bot().more()}"/></p></c:if>
</c:if>
</div>
</body>
</html>
